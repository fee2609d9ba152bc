package watch

import "path"

// temporary are the names of files that programs make for themselves beside
// those that people work on.
var temporary = []string{
	"*~", ".*.sw?", "4913", // Vim; 4913 is to see whether a file can be made
	".#*", "#*#", // Emacs; the first is a link to nothing
	".goutputstream-*",               // GNOME
	"*___jb_tmp___", "*___jb_old___", // JetBrains
	"*.kate-swp", "*.crswap", // Kate, Chrome
	"~$*", ".~lock.*#", // Word, LibreOffice
	"._*",             // macOS on drives that are not its own
	".nfs*",           // removed on a network drive, and still open somewhere
	"*.tmp", ".tmp-*", // many others, and Bedside
	"*.part",
}

// Temporary reports whether a file is one that some program makes for itself
// beside those that people work on, by its name without folders.
func Temporary(name string) bool {
	for _, pattern := range temporary {
		if like, err := path.Match(pattern, name); like && err == nil {
			return true
		}
	}
	return false
}
