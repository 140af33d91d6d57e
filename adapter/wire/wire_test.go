package wire

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzFromPage reads anything as a message of a page: what was understood is written and read again as the same.
func FuzzFromPage(f *testing.F) {
	f.Add([]byte(`{"type":"hello","hello":{"version":4,"session":"s","user":"005","page":"p","front":{"visible":true,"touchedAgo":1},` +
		`"capabilities":["console"],"build":"2"}}`))
	f.Add([]byte(`{"type":"event","event":{"key":"k","age":-1,"source":"connectVoiceContact","event":"onConnecting",` +
		`"replay":false,"contact":{"contactId":"c","attributes":{"a":"b"},"since":7},"payload":{"a":[1,null]}}}`))
	f.Add([]byte(`{"type":"sees","sees":{"agent":{"username":"a","since":1},"contacts":[{"contactId":"c"}]}}`))
	f.Add([]byte(`{"type":"result","result":{"id":"x","outcome":"done","value":{"003":{"Id":"003"}}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var m, again FromPage
		if json.Unmarshal(body, &m) != nil {
			return
		}
		written, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(written, &again); err != nil {
			t.Fatal(err)
		}
		rewritten, err := json.Marshal(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(written), string(rewritten)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// examples reads a file of examples; the page's tests read the same.
func examples(t *testing.T, name string) []json.RawMessage {
	t.Helper()
	body, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all []json.RawMessage
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// same reads an example as a message, writes it again, and compares the two.
func same[M any](t *testing.T, example json.RawMessage) M {
	t.Helper()
	var m M
	decoder := json.NewDecoder(bytes.NewReader(example))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		t.Fatalf("%s: %v", example, err)
	}
	written, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(written, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(example, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	return m
}

func TestEveryMessageHasAnExample(t *testing.T) {
	seen := map[string]map[string]bool{"FromPage": {}, "ToPage": {}, "CommandBody": {}}
	for _, example := range examples(t, "from-page.json") {
		seen["FromPage"][same[FromPage](t, example).Type] = true
	}
	for _, example := range examples(t, "to-page.json") {
		m := same[ToPage](t, example)
		seen["ToPage"][m.Type] = true
		if m.Command != nil {
			seen["CommandBody"][m.Command.Body.Type] = true
		}
	}
	for name, union := range Unions {
		for kind := range union.Members {
			if !seen[name][kind] {
				t.Errorf("no example of %s %s", name, kind)
			}
			delete(seen[name], kind)
		}
		for kind := range seen[name] {
			t.Errorf("%s %s is an example of no known message", name, kind)
		}
	}
}

func TestKindsAgree(t *testing.T) {
	for _, k := range Kinds {
		if got, ok := KindOf(k.Name); !ok || got != k {
			t.Errorf("KindOf(%q) = %v, %v", k.Name, got, ok)
		}
		if k.Within <= 0 {
			t.Errorf("%s may take for ever", k.Name)
		}
		if !k.Repeatable && k.Needs == "" {
			t.Errorf("%s is not repeatable, and any page may do it", k.Name)
		}
	}
	if _, ok := KindOf("vanish"); ok {
		t.Error("there is a kind vanish")
	}
}
