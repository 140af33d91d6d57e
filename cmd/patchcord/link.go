//go:build !lean

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// link lets patchcord calls find a running sandbox, until unlink. That it cannot is no reason not to run.
func link(folder, socket string) (unlink func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	if !ownFolder(folder) {
		return nil, errors.New(folder + " is not yours alone")
	}
	absolute, err := filepath.Abs(socket)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(folder, fmt.Sprintf("sandbox-%d.sock", os.Getpid()))
	_ = os.Remove(name) // of a process that had this number before
	if err := os.Symlink(absolute, name); err != nil {
		return nil, err
	}
	return func() { _ = os.Remove(name) }, nil
}
