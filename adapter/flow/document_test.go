package flow_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	. "github.com/patchcord/patchcord/adapter/flow"
)

// odd is a file in which everything is written as no machine would write it.
const odd = "\n{ \"zebra\" : 1.50e+1, \"actions\":[\t{\"type\":\"SE_Start\",\"id\":\"uid-NaN\",\"ports\":{\"done\":\"uid1\"}," +
	"\"x-else\":[ ],\"position\":[-1e2,0.10]},\r\n\t{\"id\":\"uid1\",\"type\":\"SE_Log\",\"meta\":{}," +
	"\"controls\":{\"message\":\"$.actions.uid-NaN.results\"," +
	"\"map\":{\"a\":[\"$['actions']['uid-NaN'].success\",\"uid-NaN\"]},\"__proto__\":{\"a\":1}},\"ports\":{\"done\":null}}\n]," +
	"\"__proto__\":{},\"na\\u006de\":\"caf\u00e9 \U0001F4DE\"}\n\n"

func wide(text string, order binary.AppendByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

// encodings are the ways in which files come.
var encodings = map[string]func(text string) []byte{
	"UTF-8":                   func(text string) []byte { return []byte(text) },
	"UTF-8 with a mark":       func(text string) []byte { return []byte("\xef\xbb\xbf" + text) },
	"UTF-16 LE":               func(text string) []byte { return wide(text, binary.LittleEndian, true) },
	"UTF-16 BE":               func(text string) []byte { return wide(text, binary.BigEndian, true) },
	"UTF-16 LE without mark":  func(text string) []byte { return wide(text, binary.LittleEndian, false) },
	"UTF-16 BE without mark":  func(text string) []byte { return wide(text, binary.BigEndian, false) },
	"with a stray byte in it": func(text string) []byte { return []byte(strings.Replace(text, "caf", "\xff", 1)) },
}

func read(t testing.TB, raw []byte) Document {
	t.Helper()
	d, err := Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADocumentComesBackToTheByte(t *testing.T) {
	files, err := filepath.Glob("testdata/flows/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	texts := map[string]string{"odd": odd}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(body)
	}
	for encoding, as := range encodings {
		for name, text := range texts {
			raw := as(text)
			d := read(t, raw)
			if !bytes.Equal(d.Bytes(), raw) {
				t.Errorf("%s in %s changed", name, encoding)
			}
			if p, findings := Compile(d, blocks.All); len(p.Actions) == 0 || Broken(findings) != nil {
				t.Errorf("%s in %s: %v", name, encoding, Broken(findings))
			}
		}
	}
}

func TestAnEditKeepsEverythingElse(t *testing.T) {
	do := func(d Document, err error) Document {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tc := range []struct {
		name     string
		edit     func(Document) (Document, error)
		old, new []string // what is replaced, and by what
	}{
		{"a title where there was none", func(d Document) (Document, error) { return d.WithTitle("uid1", "Say \"it\"") },
			[]string{`"meta":{}`}, []string{`"meta":{"title": "Say \"it\""}`}},
		{"a title without meta", func(d Document) (Document, error) { return d.WithTitle("uid-NaN", "Go") },
			[]string{`0.10]}`}, []string{`0.10],"meta":{"title": "Go"}}`}},
		{"another title", func(d Document) (Document, error) { return do(d.WithTitle("uid1", "One")).WithTitle("uid1", "Two") },
			[]string{`"meta":{}`}, []string{`"meta":{"title": "Two"}`}},
		{"another type", func(d Document) (Document, error) {
			return d.WithTypes(map[string]string{"SE_Log": "SE_CoreTruthy", "SE_X": "SE_Y"})
		},
			[]string{`SE_Log`}, []string{`SE_CoreTruthy`}},
		{"an id that the editor could not make", Document.Mended,
			[]string{`"id":"uid-NaN"`, `$.actions.uid-NaN`, `$['actions']['uid-NaN']`},
			[]string{`"id":"uid-2"`, `$.actions.uid-2`, `$['actions'].uid-2`}},
		{"an id that is no word", func(d Document) (Document, error) { return d.WithIDs(map[ActionID]ActionID{"uid-NaN": "a.b"}) },
			[]string{`"id":"uid-NaN"`, `$.actions.uid-NaN`, `$['actions']['uid-NaN']`},
			[]string{`"id":"a.b"`, `$.actions['a.b']`, `$['actions']['a.b']`}},
		{"an id that ports name", func(d Document) (Document, error) { return d.WithIDs(map[ActionID]ActionID{"uid1": "x"}) },
			[]string{`"done":"uid1"`, `"id":"uid1"`}, []string{`"done":"x"`, `"id":"x"`}},
	} {
		for encoding, as := range encodings {
			t.Run(tc.name+" in "+encoding, func(t *testing.T) {
				want := odd
				for i := range tc.old {
					want = strings.Replace(want, tc.old[i], tc.new[i], 1)
				}
				got := do(tc.edit(read(t, as(odd))))
				if diff := cmp.Diff(string(as(want)), string(got.Bytes())); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			})
		}
	}
	t.Run("nothing to do is nothing done", func(t *testing.T) {
		d := read(t, []byte(`{"actions":[{"id":"uid-1"}]}`))
		if got := do(d.Mended()); !bytes.Equal(got.Bytes(), d.Bytes()) {
			t.Errorf("%s", got.Bytes())
		}
	})
	t.Run("an id of another is refused", func(t *testing.T) {
		if _, err := read(t, []byte(odd)).WithIDs(map[ActionID]ActionID{"uid-NaN": "uid1"}); err == nil {
			t.Error("two actions have one id")
		}
	})
}

func TestReadRefuses(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"nothing", ``, "not JSON"},
		{"what is not JSON", `{`, "not JSON"},
		{"two documents", `{"actions":[]} {}`, "line 1, character 16"},
		{"comments", `{"actions":[] /* none */}`, "comments"},
		{"a comma too many", `{"actions":[],}`, "commas"},
		{"a list", `[]`, "no object"},
		{"ten megabytes", `{"actions":[],"x":"` + strings.Repeat("x", 10<<20) + `"}`, "larger than 256 kB"},
		{"ten megabytes of brackets", strings.Repeat("[", 10<<20), "larger than 256 kB"},
		{"a quarter of one of brackets", strings.Repeat("[", 200<<10), "nested more than 64"},
		{"half a letter of UTF-16", "\xff\xfe{\x00}\x00\x00\xd8", "UTF-16"},
		{"an odd byte of UTF-16", "\xff\xfe{\x00}\x00x", "UTF-16"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Read([]byte(tc.text))
			if _, ok := errors.AsType[*Invalid](err); !ok || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("err = %v, want one with %q", err, tc.want)
			}
		})
	}
}

// found is findings in short: severity, code, action, and what it names.
func found(findings []Finding) (short []string) {
	for _, f := range findings {
		short = append(short, strings.TrimSpace(fmt.Sprintf("%s %s %s %s%s", f.Severity, f.Code, f.Action, f.Control, f.Port)))
	}
	return short
}

func TestCompileFinds(t *testing.T) {
	start := `{"id":"a","type":"SE_Start","ports":{"done":"b"}},`
	end := `{"id":"b","type":"SE_End"}`
	many := strings.Repeat(`{},`, MaxActions) + `{}`
	for _, tc := range []struct {
		name, text string
		want       []string
		says       string
	}{
		{"nothing", `{"actions":[` + start + end + `]}`, nil, ""},
		{"no actions", `{}`, []string{"error actionsMissing"}, ""},
		{"actions that are no list", `{"actions":{}}`, []string{"error actionsMissing"}, ""},
		{"too many actions", `{"actions":[` + many + `]}`, []string{"error actionsMany"}, "2001 actions"},
		{"an action that is text", `{"actions":[` + start + end + `,"x"]}`, []string{"error actionShape"}, "number 3"},
		{"an action without id", `{"actions":[` + start + end + `,{"type":"SE_End"}]}`, []string{"error idMissing"}, "number 3"},
		{"an id that is a number", `{"actions":[` + start + end + `,{"id":3,"type":"SE_End"}]}`, []string{"error idMissing"}, ""},
		{"an action without type", `{"actions":[` + start + `{"id":"b"}]}`, []string{"error typeMissing b", "warning blockUnmapped b"}, ""},
		{"an id used twice", `{"actions":[` + start + end + `,` + end + `]}`, []string{"error idTwice b"}, ""},
		{"a port into nowhere", `{"actions":[` + start + `{"id":"c","type":"SE_End"}]}`, []string{"error targetUnknown a done"}, "“b”"},
		{"a port to a number", `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":1}}]}`, []string{"error targetShape a done"}, ""},
		{"ports that are text", `{"actions":[{"id":"a","type":"SE_Start","ports":"b"}]}`, []string{"error portsShape a"}, ""},
		{"controls that are a list", `{"actions":[` + start + `{"id":"b","type":"SE_End","controls":[]}]}`,
			[]string{"error controlsShape b"}, ""},
		{"no start", `{"actions":[` + end + `]}`, []string{"error startMissing"}, ""},
		{"two starts", `{"actions":[` + start + `{"id":"b","type":"SE_Start"}]}`, []string{"error startTwice b"}, "the first is a"},
		{"a number beyond all", `{"actions":[` + start + `{"id":"b","type":"SE_Log","controls":{"message":{"x":[1e999]}}}]}`,
			[]string{"error numberLarge b message"}, ""},
		{"a key that is there twice", `{"actions":[` + start + `{"id":"x","\u0069d":"b","type":"SE_End"}]}`,
			[]string{"warning keyTwice"}, "“id”"},
		{"a title that is a number", `{"actions":[` + start + `{"id":"b","type":"SE_End","meta":{"title":1}}]}`,
			[]string{"warning metaShape b"}, ""},
		{"meta that is text", `{"actions":[` + start + `{"id":"b","type":"SE_End","meta":"x"}]}`, []string{"warning metaShape b"}, ""},
		{"a position of three", `{"actions":[` + start + `{"id":"b","type":"SE_End","position":[1,2,3]}]}`,
			[]string{"warning metaShape b"}, ""},
		{"nulls", `{"actions":[` + start + `{"id":"b","type":"SE_End","position":null,"meta":null,"controls":null,"ports":null}]}`,
			nil, ""},
		{"a stray byte", "{\"name\":\"\xff\",\"actions\":[" + start + end + `]}`, []string{"warning textDamaged"}, ""},
		{"more than the field holds", `{"name":"` + strings.Repeat("x", MaxScript) + `","actions":[` + start + end + `]}`,
			[]string{"warning long"}, "131072"},
		{"a type that is in no table", `{"actions":[` + start + `{"id":"b","type":"SE_Nothing"}]}`,
			[]string{"warning blockUnmapped b"}, "SE_Nothing"},
		{"a misspelt input", `{"actions":[` + start + `{"id":"b","type":"SE_Log","controls":{"mesage":"x"}}]}`,
			[]string{"warning controlUnknown b mesage"}, "did you mean message?"},
		{"a misspelt port", `{"actions":[` + start + `{"id":"b","type":"SE_CoreTruthy","ports":{"flase":"a"}}]}`,
			[]string{"warning portUnknown b flase"}, "did you mean false?"},
		{"an error port of what cannot fail", `{"actions":[` + start + `{"id":"b","type":"SE_Log","ports":{"error":"a"}}]}`, nil, ""},
		{"an error port of what has failure", `{"actions":[` + start + `{"id":"b","type":"SE_AgentDialNumber","ports":{"error":"a"}}]}`,
			[]string{"warning portUnknown b error"}, ""},
		{"ports and inputs named as a prototype", `{"actions":[{"id":"__proto__","type":"SE_Start","ports":{"done":"b"},"__proto__":{}},
			{"id":"b","type":"SE_Log","controls":{"__proto__":{"message":"x"}},"ports":{"__proto__":"__proto__"}}]}`,
			[]string{"warning controlUnknown b __proto__", "warning portUnknown b __proto__"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program, findings := Compile(read(t, []byte(tc.text)), blocks.All)
			if diff := cmp.Diff(tc.want, found(findings)); diff != "" {
				t.Fatalf("-want +got\n%s", diff)
			}
			if len(findings) > 0 && !strings.Contains(findings[0].Message(), tc.says) {
				t.Errorf("says %q", findings[0].Message())
			}
			journal := Run(t.Context(), Job{Program: program, Now: still})
			if broken := Broken(findings) != nil; broken != strings.Contains(journal.Problem, "is broken") {
				t.Errorf("run: %s", journal.Problem)
			}
		})
	}
}

func TestABlockThatWaitsSaysForWhat(t *testing.T) {
	all := NewBlocks([]Block{{Type: "SE_Later", Label: "Later", Waits: "transfers"}})
	text := `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":"b"}},{"id":"b","type":"SE_Later"}]}`
	_, findings := Compile(read(t, []byte(text)), all)
	if len(findings) != 1 || findings[0].Code != CodeWaits || findings[0].Message() != "Later does not work yet: it waits for transfers" {
		t.Errorf("%v", findings)
	}
}

func TestMayActivate(t *testing.T) {
	start := `{"id":"a","type":"SE_Start","ports":{"done":"b"}},`
	for actions, want := range map[string]string{
		start + `{"id":"b","type":"SE_End"}`:                   "",
		start + `{"id":"b","type":"SE_Log","ports":{"x":"a"}}`: "",
		start + `{"id":"b","type":"SE_Nothing"}`:               "no block that is known here",
		`{"id":"b","type":"SE_End"}`:                           "no Start",
	} {
		text := `{"actions":[` + actions + `]}`
		_, findings := Compile(read(t, []byte(text)), blocks.All)
		err := MayActivate(findings)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, path := range []string{"$.actions.uid-1.results.value.[0].Name", "$['a'].b[0]", "$..", "$[", "$.a['", "$.actions.x[\"y\"]"} {
		f.Add(path, path)
	}
	value := map[string]any{"a": []any{map[string]any{"b": "x"}}, "0": 1.0}
	f.Fuzz(func(t *testing.T, path, key string) {
		if steps, ok := Path(path); ok && len(steps) == 0 && path != "$" {
			t.Fatalf("%q leads nowhere and is none", path)
		}
		Follow(value, key)
		flow, err := json.Marshal(map[string]any{"actions": []any{map[string]any{"id": "q", "type": "SE_Start",
			"controls": map[string]any{"x": path}}}})
		if err != nil {
			t.Skip()
		}
		d, err := Read(flow)
		if err != nil {
			return
		}
		there, err := d.WithIDs(map[ActionID]ActionID{"q": "uid-1"})
		if err != nil {
			t.Fatal(err)
		}
		back, err := there.WithIDs(map[ActionID]ActionID{"uid-1": "q"})
		if err != nil {
			t.Fatal(err)
		}
		was, _ := Compile(d, blocks.All)
		is, _ := Compile(back, blocks.All)
		if before, after := stepsOf(was), stepsOf(is); !slices.Equal(before, after) && !slices.Contains(before, "uid-1") {
			t.Fatalf("%q read %q and reads %q", path, before, after)
		}
	})
}

// stepsOf is where the control x of the action q leads.
func stepsOf(p Program) (steps []string) {
	if a := p.At("q"); a != nil {
		a.Controls["x"].Texts(func(text string) { steps, _ = Path(text) })
	}
	return steps
}

func FuzzDocument(f *testing.F) {
	for _, as := range encodings {
		f.Add(as(odd))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Read(raw)
		if err != nil {
			if _, ok := errors.AsType[*Invalid](err); !ok {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		if !bytes.Equal(d.Bytes(), raw) {
			t.Fatal("it changed")
		}
		before, findings := Compile(d, blocks.All)
		if Broken(findings) != nil {
			return
		}
		mended, err := d.Mended()
		if err != nil {
			return // the new ids made it too large
		}
		after, findings := Compile(mended, blocks.All)
		if Broken(findings) != nil || len(after.Actions) != len(before.Actions) || after.At("uid-NaN") != nil {
			t.Fatalf("mended, it is another flow: %v", findings)
		}
	})
}
