"""Views: the command line, the browser front end, and the text and figures of both."""
