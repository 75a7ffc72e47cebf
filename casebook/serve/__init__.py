"""The app in a browser: a server, and what keeps its visitors within their own folders."""
