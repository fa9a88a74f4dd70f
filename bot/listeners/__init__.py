"""What happens in Slack, one module per kind of input: each unpacks a payload and hands it on."""
