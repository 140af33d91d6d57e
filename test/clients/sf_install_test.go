package clients

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// command is an installed sf with a home of its own.
type command struct {
	t             *testing.T
	node, program string
	home, project string
}

// newCommand installs sf below the repository's node_modules, the first time, and gives it a new home and an empty project.
func newCommand(t *testing.T) *command {
	t.Helper()
	wanted, err := os.ReadFile("sf/package.json")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../../node_modules/.cache/patchcord-sf")
	if err != nil {
		t.Fatal(err)
	}
	if have, err := os.ReadFile(filepath.Join(root, "installed.json")); err != nil || string(have) != string(wanted) {
		installCommand(t, root, wanted)
	}
	c := &command{t: t, node: filepath.Join(root, "node_modules/node/bin/node"),
		program: filepath.Join(root, "node_modules/@salesforce/cli/bin/run.js"), home: t.TempDir()}
	c.project = filepath.Join(c.home, "project")
	if err := os.MkdirAll(filepath.Join(c.project, "force-app"), 0o700); err != nil {
		t.Fatal(err)
	}
	c.file("sfdx-project.json", `{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}`)
	return c
}

func installCommand(t *testing.T, root string, wanted []byte) {
	t.Helper()
	started := time.Now()
	if err := os.MkdirAll(root, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "package.json"), wanted, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
	npm.Dir = root
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("install the sf command: %v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(root, "installed.json"), wanted, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Logf("sf installed in %s", time.Since(started).Round(time.Second))
}

// file writes a file into the project.
func (c *command) file(name, body string) string {
	c.t.Helper()
	path := filepath.Join(c.project, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// start prepares a run with more environment.
func (c *command) start(ctx context.Context, env []string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.node, append([]string{c.program}, args...)...)
	cmd.Dir = c.project
	cmd.Env = append([]string{
		"HOME=" + c.home, "PATH=" + filepath.Dir(c.node) + ":" + os.Getenv("PATH"), "SF_DISABLE_TELEMETRY=true",
		"SF_AUTOUPDATE_DISABLE=true", "SF_SKIP_NEW_VERSION_CHECK=true",
		"SF_USE_GENERIC_UNIX_KEYCHAIN=true", "SF_ACCESS_TOKEN=", "FORCE_COLOR=0",
	}, env...)
	return cmd
}

// outcome is what a run printed as JSON.
type outcome struct {
	Status  int             `json:"status"`
	Name    string          `json:"name"`
	Message string          `json:"message"`
	Result  json.RawMessage `json:"result"`
}

// run runs sf with --json and a minute's patience.
func (c *command) run(args ...string) outcome { return c.with(nil, args...) }

func (c *command) with(env []string, args ...string) outcome {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	cmd := c.start(ctx, env, append(args, "--json")...)
	var notes strings.Builder
	cmd.Stderr = &notes
	body, failed := cmd.Output()
	var out outcome
	if err := json.Unmarshal(body, &out); err != nil {
		c.t.Fatalf("sf %s: %v, %v\n%s\n%s", strings.Join(args, " "), failed, err, body, notes.String())
	}
	return out
}

// good wants a run to succeed and decodes its result.
func good[T any](c *command, args ...string) T {
	c.t.Helper()
	var into T
	out := c.run(args...)
	if out.Status != 0 {
		c.t.Fatalf("sf %s: %s %s\n%s", strings.Join(args, " "), out.Name, out.Message, out.Result)
	}
	if err := json.Unmarshal(out.Result, &into); err != nil {
		c.t.Fatalf("sf %s: %v\n%s", strings.Join(args, " "), err, out.Result)
	}
	return into
}

func text(v any) string { return fmt.Sprint(v) }
