"""MDX and Docusaurus: components as elements, and lines of code that stand out."""
