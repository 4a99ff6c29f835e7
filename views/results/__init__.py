"""Results of commands, as the renderers of text and the JSON documents take them: one module for each command."""
