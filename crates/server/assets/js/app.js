// Wires every behaviour once; each listens on the document, so that it holds for what is swapped in later.
import { offerCanned } from "./canned.js";
import { sendWithKeys } from "./composer.js";
import { keepDrafts } from "./drafts.js";
import { openDrawer } from "./drawer.js";
import { showDrawings } from "./drawing.js";
import { takeFiles } from "./files.js";
import { focusMistakes } from "./mistakes.js";
import { listenForKeys } from "./keys.js";
import { listenForNews } from "./live.js";
import { closeMenus } from "./menus.js";
import { keepPlaces } from "./places.js";
import { turnTheme } from "./theme.js";
import { startAtTheEnd } from "./thread.js";
import { reportFailures } from "./toasts.js";

// Files hold a sending back before a draft is said to be sent.
takeFiles();
closeMenus();
focusMistakes();
keepDrafts();
keepPlaces();
listenForKeys();
listenForNews();
offerCanned();
openDrawer();
reportFailures();
sendWithKeys();
showDrawings();
startAtTheEnd();
turnTheme();
