package lightning

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/aura"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

var errNoComponent = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "This component isn't available. It may have been deleted.")

// bundle is an Aura component as it was deployed; false if there is none.
func (s *server) bundle(ctx context.Context, name string) (aura.Bundle, bool, error) {
	c, found, err := s.cfg.Org.Component(ctx, "AuraDefinitionBundle", name)
	if err != nil || !found {
		return aura.Bundle{}, false, err
	}
	return aura.BundleOf(c.FullName, c.Files), true, nil
}

// auraDefinition is what the page's host needs to run a component.
func (s *server) auraDefinition(ctx context.Context, r asked) (aura.Definition, error) {
	b, found, err := s.bundle(ctx, r.PathValue("name"))
	if err == nil && !found {
		err = errNoComponent
	}
	if err != nil {
		return aura.Definition{}, err
	}
	return aura.Define(b)
}

// secured are the names that a component's scripts see the host's values under, in place of the browser's own: a script of the console's
// origin, but without the console's window. Nothing is evaluated from text, so the page's policy stays as strict as it is.
const secured = "window, self, globalThis, top, parent, frames, opener, document, $A"

// auraFile serves a component's scripts, each as a module that makes it of what it may see, and its style sheet.
func (s *server) auraFile(w http.ResponseWriter, r *http.Request) {
	if _, err := s.cfg.Authenticate(r); err != nil {
		http.Error(w, "Log in to see this component.", http.StatusUnauthorized)
		return
	}
	b, found, err := s.bundle(r.Context(), r.PathValue("name"))
	if err != nil {
		s.cfg.Log.ErrorContext(r.Context(), "component not read", "name", r.PathValue("name"), "err", err)
		http.Error(w, "An internal server error has occurred.", http.StatusInternalServerError)
		return
	}
	body, kind, ok := "", "text/css; charset=utf-8", false
	if which, script := strings.CutSuffix(r.PathValue("file"), ".js"); script {
		kind = "text/javascript; charset=utf-8"
		body, ok = b.Script(which)
		body = fmt.Sprintf("export default (%s) => %s;\n", secured, body) // on one line: an error's place is that of the file
	} else if r.PathValue("file") == "style.css" {
		body, ok = b.Style()
	}
	if !found || !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write([]byte(body))
}
