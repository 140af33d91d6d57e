package versions

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/flow"
)

// heldOf is a version with its file.
func heldOf(raw []byte, number int) Held {
	return Held{Version: Version{Number: number, Hash: hashOf(raw), Size: len(raw), chunks: len(split(raw))}, Raw: raw}
}

// TestAFileComesBackToTheByte whatever is in it, and damage never passes for it.
func TestAFileComesBackToTheByte(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, 2, 3, 98_303, 98_304, 98_305, 2*flow.MaxFlow + 2} {
		raw := make([]byte, size)
		for i := range raw {
			raw[i] = byte(r.Uint32())
		}
		h := heldOf(raw, 1)
		var parts []part
		for i, text := range split(raw) {
			if len(text) > maxChunk || len(text)%4 != 0 {
				t.Errorf("%d bytes: a part of %d characters", size, len(text))
			}
			parts = append([]part{{i + 1, text}}, parts...) // rows come in any order
		}
		if len(parts) > maxChunks {
			t.Errorf("%d bytes are %d parts", size, len(parts))
		}
		back, err := join(h.Version, parts)
		if err != nil || !bytes.Equal(back, raw) {
			t.Fatalf("%d bytes: %d come back, %v", size, len(back), err)
		}
		if size == 0 {
			continue
		}
		for name, damage := range map[string]func(v *Version, p []part) []part{
			"a part is gone":           func(_ *Version, p []part) []part { return p[1:] },
			"a part is there twice":    func(_ *Version, p []part) []part { return append(p[:len(p)-1:len(p)-1], part{1, p[0].data}, p[0]) },
			"a letter is another":      func(_ *Version, p []part) []part { p[0].data = "!" + p[0].data[1:]; return p },
			"a part is cut":            func(_ *Version, p []part) []part { p[0].data = p[0].data[:len(p[0].data)-4]; return p },
			"the hash is another":      func(v *Version, p []part) []part { v.Hash = strings.Repeat("0", 64); return p },
			"the record says more":     func(v *Version, p []part) []part { v.Size++; return p },
			"the record says nothing":  func(v *Version, p []part) []part { v.chunks = 0; return p },
			"the order begins at zero": func(_ *Version, p []part) []part { p[len(p)-1].order = 0; return p },
		} {
			h := h.Version
			if _, err := join(h, damage(&h, append([]part{}, parts...))); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d bytes, %s: %v", size, name, err)
			}
		}
	}
}

const (
	pop    = `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":"b"}},{"id":"b","type":"SE_End","x":1.0}]}`
	popToo = "\xef\xbb\xbf\n {\"actions\": [{\"type\":\"SE_Start\",\"id\":\"a\",\"ports\":{\"done\":\"b\"}},\r\n" +
		"{\"id\":\"b\",\"type\":\"SE_End\",\"x\":1.0}]}\n\n"
	other = `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":"c"}},{"id":"c","type":"SE_End"}]}`
	odd   = `{"actions":[{"id":"a","type":"SE_Start","ports":{"done":"c"}},{"id":"c","type":"SE_NoSuch"}]}`
)

func TestJudge(t *testing.T) {
	three := heldOf([]byte(popToo), 3)
	broken := Held{Version: Version{Number: 3}, Err: errors.Join(ErrDamaged)}
	for _, tc := range []struct {
		name, script string
		held         *Held
		run          string
		number       int
		takeIn       bool
		adopt        bool
		refused      string
	}{
		{"what is active runs, however the CRM spells it", pop, &three, popToo, 3, false, false, ""},
		{"an edit is taken in, and waits for its version", other, &three, popToo, 3, true, true, ""},
		{"an edit with an unknown block is kept, and the old one runs", odd, &three, popToo, 3, true, false, "no block"},
		{"an edit that is no JSON is kept, and the old one runs", "{", &three, popToo, 3, true, false, "not JSON"},
		{"a script that was emptied changes nothing", " \n", &three, popToo, 3, false, false, "empty"},
		{"a flow that never had a version gets one", pop, nil, pop, 0, true, true, ""},
		{"one with an unknown block runs as it always did", odd, nil, odd, 0, true, false, "no block"},
		{"one that cannot run does not", "{", nil, "", 0, true, false, "not JSON"},
		{"a flow without anything does not run", "", nil, "", 0, false, false, "empty"},
		{"what is damaged never runs, its script does", pop, &broken, pop, 0, true, true, ""},
		{"nothing runs where the script is damaged too", "{", &broken, "", 0, true, false, "not JSON"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := Judge(tc.script, tc.held, rulesOf(nil, ""))
			if string(v.Run) != tc.run || v.Number != tc.number || (v.TakeIn != nil) != tc.takeIn || v.Adopt != tc.adopt ||
				!strings.Contains(v.Refused, tc.refused) || (v.Refused == "") != (tc.refused == "") || (v.Damaged != "") != (tc.held == &broken) {
				t.Errorf("%+v, run %q", v, v.Run)
			}
			if v.TakeIn != nil && string(v.TakeIn) != tc.script {
				t.Errorf("taken in: %q", v.TakeIn)
			}
		})
	}
}

func TestAMapOfTypesMakesAFlowWhole(t *testing.T) {
	types, problems := ParseTypes(`{"SE_NoSuch":"SE_End","SE_Start":"SE_End","SE_Other":"SE_Nothing"}`)
	if len(types) != 1 || types["SE_NoSuch"] != "SE_End" || len(problems) != 2 {
		t.Fatalf("%v, %q", types, problems)
	}
	if v := Judge(odd, nil, rulesOf(types, "")); !v.Adopt {
		t.Errorf("%+v", v)
	}
	if types, problems := ParseTypes("nonsense"); types != nil || len(problems) != 1 {
		t.Errorf("%v, %q", types, problems)
	}
	if types, problems := ParseTypes(" "); types != nil || problems != nil {
		t.Errorf("%v, %q", types, problems)
	}
}

// TestTheScriptFitsTheField and is the same flow.
func TestTheScriptFitsTheField(t *testing.T) {
	title := `{"actions":[{"id":"a","type":"SE_Start","meta":{"title":"@{x.id} ` + "\U0001F4DE" + `"}}]` + strings.Repeat("\n", 140_000) + "}"
	for name, tc := range map[string]struct {
		raw  string
		fits bool
	}{
		"as it is":                  {pop, true},
		"without white space":       {title, true},
		"not even without":          {`{"actions":[],"x":"` + strings.Repeat("x", flow.MaxScript) + `"}`, false},
		"two units for a character": {`{"actions":[],"x":"` + strings.Repeat("\U0001F4DE", 65_500) + "\"}" + strings.Repeat("\n", 100), true},
	} {
		d, err := flow.Read([]byte(tc.raw))
		if err != nil {
			t.Fatal(err)
		}
		script, err := scriptOf(d)
		well := Same(script, []byte(tc.raw)) && !strings.Contains(script, "@{") && lengthOf([]byte(script)) <= flow.MaxScript
		if (err == nil) != tc.fits || tc.fits && !well {
			t.Errorf("%s: %v, %.80s", name, err, script)
		}
	}
}

func TestWhoMayFollow(t *testing.T) {
	active := Version{Number: 4, ActivatedBy: "Ada"}
	for name, tc := range map[string]struct {
		Change
		may bool
	}{
		"who made it active":          {Change{By: "Ada"}, true},
		"somebody else, unseen":       {Change{By: "Bob"}, false},
		"somebody else, who knows":    {Change{By: "Bob", Base: 4}, true},
		"who knows an older one":      {Change{By: "Bob", Base: 3}, false},
		"even if it is their own":     {Change{By: "Ada", Base: 3}, false},
		"somebody else, by all means": {Change{By: "Bob", Base: 3, Force: true}, true},
	} {
		err := tc.mayFollow(active, "Pop")
		if (err == nil) != tc.may || err != nil && !strings.Contains(err.Error(), "Version 4 of Pop is active, by Ada") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
