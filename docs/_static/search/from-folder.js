"use strict";

// A page opened from a folder may not read other files: say so, and what to do.
document.getElementById("search-from-folder").hidden = location.protocol !== "file:";
