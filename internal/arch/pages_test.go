package arch

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var imported = regexp.MustCompile(`(?:from|import) '([^']+)'`)

// pages are the folders of the npm workspace that a browser is served from, and what those of the sandbox look alike in.
var pages = []string{
	"softphone", "sandbox/connect/cti/ccp", "sandbox/connect/console/page", "sandbox/crm/lightning/page", "sandbox/phone/page", "sandbox/ui",
}

// pageOf is the page's folder that a file is in, or nothing.
func pageOf(file string) string {
	for _, page := range pages {
		if strings.HasPrefix(file, page+"/") {
			return page
		}
	}
	return ""
}

// pageImports lists what the TypeScript sources of the pages name after from, by file.
func pageImports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, page := range pages {
		err := filepath.WalkDir(filepath.Join(root, page, "src"), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasPrefix(filepath.Ext(name), ".ts") || strings.Contains(name, ".test.") {
				return err
			}
			source, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			for _, m := range imported.FindAllStringSubmatch(string(source), -1) {
				found[filepath.ToSlash(rel)] = append(found[filepath.ToSlash(rel)], m[1])
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// Pages belong to different platforms: what they share is sandbox/ui, and that knows none of them.
func TestPagesShareOnlyTheSandboxUI(t *testing.T) {
	shared := 0
	for file, names := range pageImports(t) {
		page := pageOf(file)
		for _, name := range names {
			of, isOurs := strings.CutPrefix(name, "@patchcord/")
			of, _, _ = strings.Cut(of, "/")
			if strings.HasPrefix(name, ".") {
				of = pageOf(path.Join(path.Dir(file), name))
				isOurs = of != page
			}
			switch {
			case !isOurs:
			case page == "softphone":
				t.Errorf("%s imports %s: the product's page shares nothing with those of the sandbox", file, name)
			case of == "ui" && page != "sandbox/ui":
				shared++
			default:
				t.Errorf("%s imports %s: a page knows no other page", file, name)
			}
		}
	}
	if shared == 0 {
		t.Error("no page imports sandbox/ui: looking in the wrong place?")
	}
}

func TestSandboxUIHasAShortREADME(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(root, "sandbox/ui/README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(body), "\n"); n > 20 {
		t.Errorf("sandbox/ui/README.md has %d lines, more than 20", n)
	}
}
