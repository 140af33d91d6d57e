package soql

import "testing"

func TestQuotedTextIsReadBackAsItWas(t *testing.T) {
	for _, text := range []string{"", "Lindqvist", "O'Brien", `C:\new`, `'; DELETE`, `ends in \`, "two\nlines", `100%`, `a_b`} {
		q, err := Parse("SELECT Id FROM Contact WHERE Name = " + Quote(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if c, ok := q.Where.(Compare); !ok || c.Value.Text != text {
			t.Errorf("%q is read as %+v", text, q.Where)
		}
	}
}

func TestAPatternKeepsWhatWouldMeanSomethingEscaped(t *testing.T) {
	if got, want := EscapeLike(`50%_o'\`), `50\%\_o\'\\`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
