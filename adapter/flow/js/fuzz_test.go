package js_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/flow/js"
)

// FuzzText: a number is written so that it is read as the same; what text is, is one thing for all who ask.
func FuzzText(f *testing.F) {
	for _, text := range []string{"", " 12 ", "0x1f", "1e21", "-0", ".5", "2026-03-01T09:00:00Z", "Infinity", "\u00a0x", "é\x00", "1_0"} {
		f.Add(text, 12.5, 3)
	}
	f.Fuzz(func(t *testing.T, text string, number float64, at int) {
		if back, err := strconv.ParseFloat(js.Format(number), 64); !math.IsNaN(number) && (err != nil || back != number) {
			t.Fatalf("%v is written %q", number, js.Format(number))
		}
		if got := js.Number(js.Format(number)); got != number && !math.IsNaN(number) {
			t.Fatalf("%v is read as %v", number, got)
		}
		if n := js.Number(text); math.IsNaN(n) != math.IsNaN(js.Number(js.Trim(text))) {
			t.Fatalf("%q is %v, and trimmed is not", text, n)
		}
		if js.Text(text) != text || js.Truthy(text) != (text != "") || !js.Equal(text, text) || js.Less(text, text) {
			t.Fatalf("%q is not itself", text)
		}
		if whole, ok := js.Slice(text, 0.0, nil).(string); ok && js.Length(whole) != js.Length(text) {
			t.Fatalf("all of %q is %q", text, whole)
		}
		js.Slice(text, float64(at), number)
		if when, ok := js.Date(text, time.UTC); ok {
			if again, ok := js.Date(js.ISO(when), time.UTC); !ok || !again.Equal(when.Truncate(time.Millisecond)) {
				t.Fatalf("%q is %v, and %s is %v", text, when, js.ISO(when), again)
			}
		}
	})
}
