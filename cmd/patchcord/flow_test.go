package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// flowSession runs a flow command and says what it printed and with which status it ended.
func flowSession(t *testing.T, words ...string) (stdout, stderr string, status int) {
	t.Helper()
	var c struct {
		Flow flowCommand `cmd:""`
	}
	parsed, err := kong.Must(&c).Parse(append([]string{"flow"}, words...))
	if err != nil {
		t.Fatal(err)
	}
	var out, told bytes.Buffer
	err = parsed.Run(&env{ctx: t.Context(), stdout: &out, stderr: &told})
	code, isStatus := errors.AsType[exit](err)
	if err != nil && !isStatus {
		t.Fatal(err)
	}
	return out.String(), told.String(), int(code)
}

func put(t *testing.T, folder, name, text string) string {
	t.Helper()
	file := filepath.Join(folder, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const (
	goodFlow = `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":"b"}},{"id":"b","type":"SE_End"}]}`
	// strangeFlow has blocks that no table knows.
	strangeFlow = "\xef\xbb\xbf" + `{"actions": [ {"id":"uid-NaN","type":"SE_Start","ports":{"done":"d"}},
		{"id":"d","type":"SE_DialIt","controls":{"phoneNumber":"$.payload.number","queueARN":""},"ports":{"success":"e","failure":"e"}},
		{"id":"e","type":"SE_End","x":1.0} ] }`
)

func TestFlowLint(t *testing.T) {
	folder := t.TempDir()
	good := put(t, folder, "good.json", goodFlow)
	for _, tc := range []struct {
		name, text, want string
		status           int
	}{
		{"good", goodFlow, ": ok\n", 0},
		{"warned", strangeFlow, "warning: SE_DialIt (d): SE_DialIt is no block", 0},
		{"broken", `{"actions":[]}`, "error: there is no Start", 1},
		{"no JSON", `{`, "error: it is not JSON: it ends too early", 1},
		{"large", strings.Repeat(" ", 10<<20), "larger than 256 kB", 1},
		{"text that a terminal would obey", `{"actions":[{"id":"\u001b[2J","type":"SE_End"},{"id":"\u001b[2J","type":"SE_End"}]}`,
			"(·[2J): its id", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file := put(t, t.TempDir(), "f.json", tc.text)
			out, _, status := flowSession(t, "lint", file)
			if !strings.Contains(out, tc.want) || status != tc.status {
				t.Errorf("status %d:\n%s", status, out)
			}
			out, _, status = flowSession(t, "lint", "-o", "json", file)
			if status != tc.status || !strings.Contains(out, `"findings": [`) {
				t.Errorf("status %d:\n%s", status, out)
			}
		})
	}
	if _, told, status := flowSession(t, "lint", good, filepath.Join(folder, "none.json")); status != 2 || !strings.Contains(told,
		"is not there") {
		t.Errorf("status %d: %s", status, told)
	}
	if _, told, status := flowSession(t, "lint", t.TempDir()); status != 2 || !strings.Contains(told, "there is no flow") {
		t.Errorf("an empty folder: status %d: %s", status, told)
	}
}

func TestFlowFilesInAZip(t *testing.T) {
	file := filepath.Join(t.TempDir(), "DefaultFlows.zip")
	var body bytes.Buffer
	archive := zip.NewWriter(&body)
	for name, text := range map[string]string{
		"Flows/": "", "Flows/01.json": goodFlow, "Flows/02.json": `{`, "__MACOSX/Flows/._01.json": "\x00", "Flows/._03.json": "\x00",
		"Flows/read.me": "x",
	} {
		entry, err := archive.Create(name)
		if err == nil {
			_, err = entry.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, status := flowSession(t, "lint", file)
	if status != 1 || strings.Count(out, "\n") != 2 || !strings.Contains(out, "Flows/01.json: ok") || !strings.Contains(out,
		"02.json: error") {
		t.Errorf("status %d:\n%s", status, out)
	}
	if _, told, status := flowSession(t, "lint", put(t, t.TempDir(), "no.zip", "x")); status != 2 || !strings.Contains(told, "no zip file") {
		t.Errorf("status %d: %s", status, told)
	}
}

func TestFlowMap(t *testing.T) {
	folder := t.TempDir()
	file, types := put(t, folder, "f.json", strangeFlow), filepath.Join(folder, "map.json")
	out, _, status := flowSession(t, "map", file, "--map", types)
	if status != 1 || !strings.Contains(out, "SE_DialIt, in "+file+": perhaps SE_AgentDialNumber (Dial Number, ") {
		t.Fatalf("status %d: %s", status, out)
	}
	if _, err := os.Stat(types); err == nil {
		t.Fatal("what nobody accepted was written")
	}
	if out, _, status = flowSession(t, "map", file, "--map", types, "--accept"); status != 0 || !strings.Contains(out,
		"stands for SE_AgentDialNumber") {
		t.Fatalf("status %d: %s", status, out)
	}
	if body, err := os.ReadFile(types); err != nil || string(body) != "{\n  \"SE_DialIt\": \"SE_AgentDialNumber\"\n}\n" {
		t.Errorf("%v: %s", err, body)
	}
	if out, _, status = flowSession(t, "lint", "--map", types, file); status != 0 || strings.Contains(out, "no block") {
		t.Errorf("with the map: status %d: %s", status, out)
	}
	if _, told, status := flowSession(t, "map", file, "--map", types, "--write"); status != 0 || !strings.Contains(told, "is written") {
		t.Errorf("status %d: %s", status, told)
	}
	want := strings.NewReplacer("SE_DialIt", "SE_AgentDialNumber", "uid-NaN", "uid-1").Replace(strangeFlow)
	if body, err := os.ReadFile(file); err != nil || string(body) != want {
		t.Errorf("%v: %s", err, body)
	}
	if out, _, status = flowSession(t, "map", file, "--map", types); status != 0 || !strings.Contains(out, "All types are known") {
		t.Errorf("status %d: %s", status, out)
	}
	put(t, folder, "map.json", `{"SE_A":"SE_B"}`)
	if _, told, status := flowSession(t, "map", file, "--map", types); status != 2 || !strings.Contains(told, "there is no such block") {
		t.Errorf("status %d: %s", status, told)
	}
}

func TestFlowTest(t *testing.T) {
	out, _, status := flowSession(t, "test", "../../examples/flows")
	if status != 0 || !strings.HasSuffix(out, "10 tests, 0 failed.\n") {
		t.Errorf("status %d:\n%s", status, out)
	}
	body, err := os.ReadFile("../../examples/flows/click-to-dial-onClickToDial.json")
	if err != nil {
		t.Fatal(err)
	}
	broken := put(t, t.TempDir(), "f.json", strings.Replace(string(body), "+12065550100\"", "+12065550199\"", 1))
	out, _, status = flowSession(t, "test", broken)
	if status != 1 || !strings.Contains(out, "a number as people write it: FAILED\n    its effect number 1 is SE_AgentDialNumber (uid-2) {") ||
		!strings.HasSuffix(out, "3 tests, 1 failed.\n") {
		t.Errorf("status %d:\n%s", status, out)
	}
	if out, _, status = flowSession(t, "test", "-o", "json", broken); status != 1 || !strings.Contains(out, `"failed": 1`) {
		t.Errorf("status %d:\n%s", status, out)
	}
	for text, want := range map[string]string{
		`{"actions":[],"x-patchcord":{"tests":[{"name":"x"}]}}`: "there is no Start",
		`{"actions":[],"x-patchcord":{"tests":[{"nam":"x"}]}}`:  "tests cannot be read", `{`: "not JSON",
	} {
		out, _, status := flowSession(t, "test", put(t, t.TempDir(), "f.json", text))
		if status != 1 || !strings.Contains(out, want) {
			t.Errorf("status %d: %s", status, out)
		}
	}
	if _, told, status := flowSession(t, "test", put(t, t.TempDir(), "f.json", goodFlow)); status != 2 || !strings.Contains(told,
		"has tests") {
		t.Errorf("without tests: status %d: %s", status, told)
	}
}

// A flow that calls another one is run with it, if that is given too.
func TestFlowRunCalls(t *testing.T) {
	event := put(t, t.TempDir(), "event.json", `{"contact":{"contactId":"c-1","type":"voice","isInbound":true,"phoneNumber":"+12065550142"}}`)
	file := "../../examples/flows/for-each-caller.json"
	out, _, status := flowSession(t, "run", file, "--event", event, "--with", "../../examples/flows")
	if status != 0 || !strings.Contains(out, "5. Ask for them (uid-3) in uid-2:1 → success\n") {
		t.Errorf("status %d:\n%s", status, out)
	}
	if out, _, status = flowSession(t, "run", file, "--event", event); status != 1 || !strings.Contains(out, "give its file too") {
		t.Errorf("status %d:\n%s", status, out)
	}
}

func TestFlowRun(t *testing.T) {
	folder := t.TempDir()
	event := put(t, folder, "event.json", `{"payload":{"number":"(206) 555-0100"},"stubs":[{"action":"uid-2","answer":{"ok":true}}]}`)
	file := "../../examples/flows/click-to-dial-onClickToDial.json"
	out, _, status := flowSession(t, "run", file, "--event", event)
	for _, want := range []string{"3. Dial Number (uid-2) → success  {\"ok\":true}\n",
		`would do: SE_AgentDialNumber (uid-2) {"phoneNumber":"+12065550100"}`,
		"It ended as completed.\n"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("status %d, no %q:\n%s", status, want, out)
		}
	}
	if out, _, status = flowSession(t, "run", file, "--event", put(t, folder, "none.json", `{}`), "-o", "json"); status != 1 ||
		!strings.Contains(out, `"status": "partial"`) {
		t.Errorf("status %d:\n%s", status, out)
	}
	for name, text := range map[string]string{"is no event": `{"paylod":{}}`, "is not there": ""} {
		event := filepath.Join(folder, "absent.json")
		if text != "" {
			event = put(t, folder, "bad.json", text)
		}
		if _, told, status := flowSession(t, "run", file, "--event", event); status != 2 || told == "" {
			t.Errorf("%s: status %d: %s", name, status, told)
		}
	}
}

func TestFlowDiff(t *testing.T) {
	folder := t.TempDir()
	a := put(t, folder, "a.json", goodFlow)
	b := put(t, folder, "c.json", strings.Replace(goodFlow, `"done":"b"}},{"id":"b","type":"SE_End"`,
		`"done":"c"}},{"id":"c","type":"SE_End"`, 1))
	if out, _, status := flowSession(t, "diff", a, a); status != 0 || out != "" {
		t.Errorf("status %d: %s", status, out)
	}
	if out, _, status := flowSession(t, "diff", a, b); status != 1 || out != "~ a, port done: \"b\" → \"c\"\n+ c SE_End\n- b SE_End\n" {
		t.Errorf("status %d: %s", status, out)
	}
	if out, _, status := flowSession(t, "diff", "-o", "json", a, b); status != 1 || !strings.Contains(out, `"kind": "added"`) {
		t.Errorf("status %d: %s", status, out)
	}
	if _, told, status := flowSession(t, "diff", a, put(t, folder, "d.json", "{")); status != 2 || !strings.Contains(told, "not JSON") {
		t.Errorf("status %d: %s", status, told)
	}
}

func TestFlowBlocks(t *testing.T) {
	out, _, status := flowSession(t, "blocks")
	if status != 0 || !strings.Contains(out, "SE_CoreTruthy") {
		t.Errorf("status %d: %s", status, out)
	}
	if out, _, _ = flowSession(t, "blocks", "-o", "json"); !strings.Contains(out, `"type": "SE_AgentDialNumber"`) ||
		!strings.Contains(out, `"kind": "boolean"`) {
		t.Errorf("%s", out)
	}
}
