// Package ccp carries the built page; build it with npm before go build, or it holds only a placeholder.
package ccp

import "embed"

// Dist is the folder dist as Vite wrote it.
//
//go:embed all:dist
var Dist embed.FS
