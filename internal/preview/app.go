package preview

import (
	_ "embed"
	"strings"
)

// The app is what runs in the browser: one page, one style, one script. The
// script is written in parts that are read one after the other, so that the
// same works from a server and from a file.
var (
	//go:embed app/index.html
	indexHTML string
	//go:embed app/app.css
	appCSS string
	//go:embed app/source.js
	sourceJS string
	//go:embed app/dom.js
	domJS string
	//go:embed app/paper.js
	paperJS string
	//go:embed app/gallery.js
	galleryJS string
	//go:embed app/beside.js
	besideJS string
	//go:embed app/letter.js
	letterJS string
	//go:embed app/main.js
	mainJS string

	//go:embed app/events.js
	eventsJS string // a script of its own, for all windows
)

// script is the whole script.
func script() string {
	return "'use strict';\n(() => {\n" + strings.Join([]string{domJS, sourceJS, paperJS, galleryJS, besideJS, letterJS, mainJS}, "\n") + "})();\n"
}
