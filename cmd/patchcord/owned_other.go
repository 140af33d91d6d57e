//go:build !unix

package main

import "os"

// ownFolder says whether a folder is there; whose it is cannot be told here.
func ownFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}
