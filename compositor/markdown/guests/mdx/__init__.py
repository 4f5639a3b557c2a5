"""MDX and Docusaurus: components as elements, and highlighted lines of code."""
