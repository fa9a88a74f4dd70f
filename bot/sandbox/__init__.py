"""The sandbox: a Slack stand-in on loopback with a web page, so that Solmu can be tried without Slack."""
