"""Serves the web interface: its page, scripts, styles and pictures, which are in `web/`."""
