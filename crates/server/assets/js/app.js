// Wires every behaviour once; each listens on the document, so that it holds for what is swapped in later.
import { keepDrafts, sendWithKeys } from "./composer.js";
import { openDrawer } from "./drawer.js";
import { showDrawings } from "./drawing.js";
import { focusMistakes } from "./mistakes.js";
import { listenForKeys } from "./keys.js";
import { listenForNews } from "./live.js";
import { closeMenus } from "./menus.js";
import { keepPlaces } from "./places.js";
import { turnTheme } from "./theme.js";
import { startAtTheEnd } from "./thread.js";
import { reportFailures } from "./toasts.js";

closeMenus();
focusMistakes();
keepDrafts();
keepPlaces();
listenForKeys();
listenForNews();
openDrawer();
reportFailures();
sendWithKeys();
showDrawings();
startAtTheEnd();
turnTheme();
