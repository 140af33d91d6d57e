package adapter

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnAppIsMadeOnceAndKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	first, err := LoadApp(folder)
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadApp(folder)
	if err != nil || again.ClientID != first.ClientID || !again.Key.Equal(first.Key) ||
		string(again.Certificate) != string(first.Certificate) {
		t.Errorf("another one at the second start: %v", err)
	}
	certificate, err := x509.ParseCertificate(first.Certificate)
	if err != nil || !first.Key.PublicKey.Equal(certificate.PublicKey) {
		t.Errorf("the certificate is of another key: %v", err)
	}
	info, err := os.Stat(filepath.Join(folder, "app.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the key: %v, %v", info.Mode(), err)
	}
	same, err := certify(first.Key)
	if err != nil || string(same) != string(first.Certificate) {
		t.Errorf("the same key gave another certificate: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "app.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadApp(folder); err == nil || !strings.Contains(err.Error(), "app.json") {
		t.Errorf("a damaged file gave %v", err)
	}
}

func TestTheAdapterSaysWhoItIs(t *testing.T) {
	server := start(t, newOrg(t))
	resp, err := http.Get(server.URL + "/.well-known/patchcord.json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct {
		ClientID    string   `json:"client_id"`
		CallbackURL string   `json:"callback_url"`
		Certificate string   `json:"certificate"`
		PageOrigins []string `json:"page_origins"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if _, err := base64.StdEncoding.DecodeString(got.Certificate); err != nil || got.ClientID != "client" ||
		got.CallbackURL != "http://adapter.example/auth/callback" || len(got.PageOrigins) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}
