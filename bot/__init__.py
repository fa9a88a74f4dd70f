"""Slack: payloads in, Block Kit out; the only package that speaks to Slack."""
