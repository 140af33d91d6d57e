package counted

import "testing"

func TestOneIsNoPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 users", 1: "1 user", 2: "2 users"} {
		if got := Noun(n, "user"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
