// In place of the Chart.js that Unfold loads with every page, 70 kB before anything is painted:
// what we plot is SVG, drawn by the server, and Unfold asks for Chart only where a page has one.
