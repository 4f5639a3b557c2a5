"""What Pandoc, R Markdown and bookdown have in their texts and the press's own Markdown has not."""
