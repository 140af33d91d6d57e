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

// pageImports lists what the TypeScript sources of web name after from, by file.
func pageImports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	web := filepath.Join(root, "web")
	err := filepath.WalkDir(web, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(filepath.ToSlash(name), "/src/") || !strings.HasPrefix(filepath.Ext(name), ".ts") || strings.Contains(name, ".test.") {
			return err
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(web, name)
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
	return found
}

// Pages belong to different platforms: what they share is web/ui, and that knows none of them.
func TestPagesShareOnlyWebUI(t *testing.T) {
	shared := 0
	for file, names := range pageImports(t) {
		page, _, _ := strings.Cut(file, "/")
		for _, name := range names {
			of, isOurs := strings.CutPrefix(name, "@patchcord/")
			of, _, _ = strings.Cut(of, "/")
			if strings.HasPrefix(name, ".") {
				of, _, _ = strings.Cut(path.Join(path.Dir(file), name), "/")
				isOurs = of != page
			}
			switch {
			case !isOurs:
			case page == "softphone":
				t.Errorf("web/%s imports %s: the product's page shares nothing with those of the sandbox", file, name)
			case of == "ui" && page != "ui":
				shared++
			default:
				t.Errorf("web/%s imports %s: a page knows no other page", file, name)
			}
		}
	}
	if shared == 0 {
		t.Error("no page imports web/ui: looking in the wrong place?")
	}
}

func TestWebUIHasAShortREADME(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(root, "web/ui/README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(body), "\n"); n > 20 {
		t.Errorf("web/ui/README.md has %d lines, more than 20", n)
	}
}
