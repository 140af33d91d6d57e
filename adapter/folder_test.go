package adapter

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFolderServesOneAdapter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	first, err := holdFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := holdFolder(path); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "end it first") {
		t.Errorf("a second adapter: %v", err)
	}
	if err := first.release(); err != nil {
		t.Fatal(err)
	}
	again, err := holdFolder(path)
	if err != nil {
		t.Errorf("after the first ended: %v", err)
	}
	_ = again.release()
}

// What an adapter keeps is secret from the machine's other users, whatever the umask says.
func TestTheFolderIsItsOwnersOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	a, err := New(t.Context(), testConfig(t, "http://org.example", path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	for _, name := range []string{".", "adapter.db", "key", "lock"} {
		info, err := os.Stat(filepath.Join(path, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, mode(info), err)
		}
	}
}

func mode(info fs.FileInfo) fs.FileMode {
	if info == nil {
		return 0
	}
	return info.Mode()
}
