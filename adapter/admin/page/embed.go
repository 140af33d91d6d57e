// Package page carries the built pages of /admin; build it with npm before go build, or it holds only a placeholder.
package page

import "embed"

// Dist is the folder dist as Vite wrote it.
//
//go:embed all:dist
var Dist embed.FS
