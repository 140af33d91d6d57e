package checks

import "testing"

func TestPrivateNames(t *testing.T) {
	for name, want := range map[string]bool{
		"localhost": true, "adapter": true, "10.1.2.3": true, "192.168.0.9": true, "::1": true, "adapter.local": true,
		"patchcord.example.com": false, "8.8.8.8": false,
	} {
		if got := private(name); got != want {
			t.Errorf("private(%s) = %v", name, got)
		}
	}
}
