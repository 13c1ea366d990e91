"""The DingTalk channel: stream mode and HTTP robots in, session webhooks and OpenAPI out."""
