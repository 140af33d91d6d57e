package scripts

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/patchcord/patchcord/adapter"
)

// byKey has set-up sign in by JWT, with the adapter's own app and key: bykey FOLDER. Its tokens are for the API only.
func byKey(ts *testscript.TestScript, _ bool, args []string) {
	app, err := adapter.LoadApp(ts.MkAbs(args[0]))
	ts.Check(err)
	key := ts.MkAbs("key.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(app.Key)})
	ts.Check(os.WriteFile(key, block, 0o600))
	const byPassword = "    password: Patchcord-2026\n"
	config := ts.ReadFile("patchcord.yaml")
	if !strings.Contains(config, byPassword) {
		ts.Fatalf("patchcord.yaml signs in another way")
	}
	config = strings.Replace(config, byPassword, "    client_id: "+app.ClientID+"\n    key_file: "+key+"\n", 1)
	ts.Check(os.WriteFile(ts.MkAbs("patchcord.yaml"), []byte(config), 0o600))
}
