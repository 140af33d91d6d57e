//go:build unix && !lean

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What answers on a socket is told tokens and numbers, and says why calls popped: only what nobody else can have put there is asked.
func TestASocketThatOthersCouldReplaceIsNotAsked(t *testing.T) {
	dir := shortDir(t)
	socket := filepath.Join(dir, "adapter.sock")
	serveAPI(t, socket)
	if err := trusted(socket); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		mode os.FileMode
	}{{dir, 0o777}, {socket, 0o666}} {
		before, err := os.Stat(tc.name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(tc.name, tc.mode); err != nil {
			t.Fatal(err)
		}
		_, err = asked{Socket: socket}.connect()
		if err == nil || !strings.Contains(err.Error(), tc.name+" may be changed by other users") {
			t.Errorf("%s with %v: %v", tc.name, tc.mode, err)
		}
		if err := os.Chmod(tc.name, before.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() == 0 {
		if err := os.Chown(socket, 65534, 65534); err != nil {
			t.Fatal(err)
		}
		if _, err := (asked{Socket: socket}).connect(); err == nil || !strings.Contains(err.Error(), "belongs to another user") {
			t.Errorf("another user's: %v", err)
		}
	}
}
