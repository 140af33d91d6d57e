//go:build !unix

package adapter

import "io/fs"

// ownedByUs refuses nothing: whose it is cannot be told here.
func ownedByUs(fs.FileInfo, string) error { return nil }
