// The engine of a page that is opened from a folder, where no worker can be loaded.
// archivist/site/folder.py puts this in the place of remote.js.

import { Engine } from "./engine.js";

export const openEngine = (_, options) => Engine.open(options);
