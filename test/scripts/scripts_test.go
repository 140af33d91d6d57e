// Package scripts runs command-line sessions against the built binary.
package scripts

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sfdx"
)

// binary is a program that make has built: patchcord, or patchcord-server, which lacks the sandbox.
func binary(t testing.TB, name string) string {
	t.Helper()
	file, err := filepath.Abs("../../bin/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("build it first (make build lean): %v", err)
	}
	return file
}

func TestScripts(t *testing.T) { sessions(t, "testdata", "patchcord") }

// What a server does, it does from either program.
func TestServe(t *testing.T) {
	for _, name := range []string{"patchcord", "patchcord-server"} {
		t.Run(name, func(t *testing.T) { sessions(t, "testdata/serve", name) })
	}
}

// The server's program must not hold what would let somebody in.
func TestServerHasNoDemoPassword(t *testing.T) {
	for name, want := range map[string]bool{"patchcord": true, "patchcord-server": false} {
		body, err := os.ReadFile(binary(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(body, []byte("Patchcord-2026")); got != want {
			t.Errorf("%s holds the demo password: %v, want %v", name, got, want)
		}
	}
}

// sessions runs the scripts of a folder with one of the programs as patchcord; sandboxes always come from the whole one.
func sessions(t *testing.T, dir, program string) {
	whole, patchcord := binary(t, "patchcord"), binary(t, program)
	example, err := os.ReadFile("../../examples/sandbox.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir()
	if err := os.Symlink(patchcord, filepath.Join(path, "patchcord")); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", path+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond != "lean" {
				return false, fmt.Errorf("no such condition: %s", cond)
			}
			return program == "patchcord-server", nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"sandbox":   func(ts *testscript.TestScript, _ bool, args []string) { sandbox(ts, whole, string(example), args) },
			"serve":     func(ts *testscript.TestScript, _ bool, args []string) { serve(ts, patchcord, args[0]) },
			"cutapply":  func(ts *testscript.TestScript, _ bool, args []string) { cutApply(ts, patchcord, args) },
			"status":    status,
			"break":     breaking,
			"retrieved": retrieved,
			"bykey":     byKey,
		},
	})
}

// ready is the part of the ready line that sessions use.
type ready struct {
	CRM             string `json:"crm"`
	Visualforce     string `json:"visualforce"`
	Adapter         string `json:"adapter"`
	Connect         string `json:"connect"`
	SIP             string `json:"sip"`
	Number          string `json:"number"`
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
	Contact         any    `json:"contact"`
}

// sandbox starts a sandbox on free ports, sets the environment for it and writes patchcord.yaml, the example with its addresses.
func sandbox(ts *testscript.TestScript, patchcord, example string, args []string) {
	cmd := exec.Command(patchcord, append([]string{"sandbox", "--port-base", "0", "--sip", "127.0.0.1:0", "--turn",
		"127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.Getenv("WORK")
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		ts.Check(cmd.Wait())
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	ts.Check(err)
	var r ready
	ts.Check(json.Unmarshal(line, &r))
	for name, value := range map[string]string{"CRM": r.CRM, "VISUALFORCE": r.Visualforce, "ADAPTER": r.Adapter,
		"CONNECT": r.Connect, "AWS_ACCESS_KEY_ID": r.AccessKeyID, "AWS_SECRET_ACCESS_KEY": r.SecretAccessKey} {
		ts.Setenv(name, value)
	}
	ts.Setenv("PACKAGE", packaging.Listing{PackageName: sfdx.Name, Version: "1.0"}.VersionID())
	text := strings.NewReplacer("http://localhost:8080", r.CRM, "http://localhost:8082", r.Adapter,
		"http://localhost:8083", r.Connect, "127.0.0.1:5060", strings.TrimPrefix(r.SIP, "sip:")).Replace(example)
	ts.Check(os.WriteFile(ts.MkAbs("patchcord.yaml"), []byte(text), 0o600))
}

// serve starts the adapter and returns when it is ready; at the session's end it is told to end, and must do so in order.
func serve(ts *testscript.TestScript, patchcord, config string) {
	cmd := exec.Command(patchcord, "serve", "--config", ts.MkAbs(config))
	cmd.Dir = ts.Getenv("WORK")
	log, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	lines := bufio.NewScanner(log)
	ended := make(chan struct{})
	ts.Defer(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-ended
		ts.Check(cmd.Wait())
	})
	for lines.Scan() {
		if strings.Contains(lines.Text(), "adapter ready") {
			go func() { // a log that nobody reads would stop the adapter
				defer close(ended)
				for lines.Scan() {
				}
			}()
			return
		}
		ts.Logf("serve: %s", lines.Text())
	}
	close(ended)
	ts.Fatalf("the adapter ended before it was ready")
}

// cutApply applies and kills the program after so many lines; with none it kills before the first.
func cutApply(ts *testscript.TestScript, patchcord string, args []string) {
	lines, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmd := exec.Command(patchcord, "setup", "apply", "--yes", "--config", "patchcord.yaml")
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID="+ts.Getenv("AWS_ACCESS_KEY_ID"),
		"AWS_SECRET_ACCESS_KEY="+ts.Getenv("AWS_SECRET_ACCESS_KEY"))
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	reader := bufio.NewReader(out)
	for range lines {
		if _, err := reader.ReadString('\n'); err != nil {
			if err != io.EOF {
				ts.Check(err)
			}
			break
		}
	}
	ts.Check(cmd.Process.Kill())
	_ = cmd.Wait() // killed
}

// status runs the binary and wants this exit status: status 2 patchcord setup plan …
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exited, ok := err.(*exec.ExitError); ok {
		got = exited.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
