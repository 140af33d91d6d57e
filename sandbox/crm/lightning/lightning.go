// Package lightning serves the Service Console: its pages, and the JSON that they ask for on behalf of the signed-in user.
//
// Read first: Config, Handler, routes. It knows no SQL and no sign-in form: who asks comes from Config.Authenticate, and every
// record is read and written with that user's rights.
package lightning

import (
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Config says where the console stands and whom it asks.
type Config struct {
	Org               *crm.Org
	Authenticate      func(*http.Request) (schema.RecordID, error)
	Page              fs.FS  // the folder that sandbox/crm/lightning/page builds
	Origin            string // http://localhost:8080
	VisualforceOrigin string // http://localhost:8081; relative adapter addresses are resolved there
	Log               *slog.Logger
}

type server struct {
	cfg Config
}

// Handler serves /lightning/… and the old /one/….
func Handler(cfg Config) http.Handler {
	s := &server{cfg: cfg}
	return s.routes()
}
