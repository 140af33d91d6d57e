package setup

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
)

// Program runs a program of the machine; for Ways.Run.
func Program(ctx context.Context, name string, args ...string) ([]byte, error) {
	return exec.CommandContext(ctx, name, args...).Output()
}

// cliSession takes over the session that the sf command keeps. Its files are encrypted, so the command itself is
// asked; since May 2026 it gives the access token by a command of its own.
func cliSession(ctx context.Context, org string, ways Ways) (salesforce.Session, error) {
	refuse := func(message string, err error) (salesforce.Session, error) {
		return salesforce.Session{}, &config.Error{Field: "setup.salesforce.sf", Message: message, Err: err}
	}
	if ways.Run == nil {
		return refuse("the sf command cannot be run here", nil)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	out, err := ways.Run(ctx, "sf", "org", "display", "--json", "--target-org", org)
	if errors.Is(err, exec.ErrNotFound) {
		return refuse("the sf command is not installed: install it, or sign in with web: true", nil)
	}
	var shown struct {
		Message string `json:"message"`
		Result  struct {
			ID       string `json:"id"`
			Username string `json:"username"`
			Instance string `json:"instanceUrl"`
			Token    string `json:"accessToken"`
			Status   string `json:"connectedStatus"`
		} `json:"result"`
	}
	if parsed := json.Unmarshal(out, &shown); parsed != nil || shown.Result.Instance == "" {
		text := shown.Message
		if text == "" {
			text = "it gave no answer"
		}
		return refuse("sf does not know the org "+org+": log in with sf org login web --alias "+org+" ("+text+")", err)
	}
	if !isToken(shown.Result.Token) {
		if out, err = ways.Run(ctx, "sf", "org", "auth", "show-access-token", "--json", "--target-org", org); err != nil {
			return refuse("sf does not show the access token of "+org, err)
		}
		var token struct {
			Result struct {
				Token string `json:"accessToken"`
			} `json:"result"`
		}
		if err := json.Unmarshal(out, &token); err != nil || !isToken(token.Result.Token) {
			return refuse("sf does not show the access token of "+org, err)
		}
		shown.Result.Token = token.Result.Token
	}
	if strings.HasPrefix(shown.Result.Token, jwtToken) {
		return refuse("sf has a JWT-based access token for "+org+", which the Metadata API does not take: "+
			"log in by an app that issues opaque ones (isNamedUserJwtEnabled off)", nil)
	}
	return salesforce.Session{
		InstanceURL: strings.TrimRight(shown.Result.Instance, "/"), AccessToken: secret.String(shown.Result.Token),
		OrgID: shown.Result.ID, Username: shown.Result.Username,
	}, nil
}

// isToken tells a token from the text that stands in for one.
func isToken(text string) bool {
	return strings.HasPrefix(text, "00D") && strings.Contains(text, "!") || strings.HasPrefix(text, jwtToken)
}

const jwtToken = "eyJ" // how a token in JWT format begins

// The sf command's app, which every org knows, answers at this address only.
const (
	cliApp       = "PlatformCLI"
	loopback     = "localhost:1717"
	loopbackPath = "/OauthRedirect"
	webWithin    = 5 * time.Minute
	// signInScope has web because set-up opens pages to learn the org's hosts; it is what the sf command asks for.
	signInScope = "api web refresh_token"
)

// webSession lets a person sign in with a browser: web server flow with PKCE, back to a port of this machine.
func webSession(ctx context.Context, login, clientID string, ways Ways) (salesforce.Session, error) {
	if ways.Browser == nil {
		return salesforce.Session{}, &config.Error{
			Field: "setup.salesforce.web", Message: "nobody is there to sign in: use sf, or a key",
		}
	}
	if clientID == "" {
		clientID = cliApp
	}
	l, err := net.Listen("tcp", loopback)
	if err != nil {
		return salesforce.Session{}, &config.Error{
			Field: "setup.salesforce.web", Message: "port 1717 is taken, where the browser comes back to", Err: err,
		}
	}
	app := salesforce.App{
		LoginURL: login, ClientID: clientID, RedirectURL: "http://" + loopback + loopbackPath, Scope: signInScope,
	}
	state, verifier := rand.Text(), salesforce.Verifier()
	got := make(chan callback, 1)
	server := &http.Server{Handler: answerOnce(state, got), ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	defer func() { // the goroutine ends before we return; the browser gets its page first
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		_ = server.Shutdown(limited)
		<-served
	}()
	ways.Browser(app.AuthorizeURL(state, verifier))
	ctx, cancel := context.WithTimeout(ctx, webWithin)
	defer cancel()
	select {
	case c := <-got:
		if c.refused != "" {
			return salesforce.Session{}, &config.Error{Field: "setup.salesforce.web", Message: "the org refused: " + c.refused}
		}
		grant, err := app.Exchange(ctx, c.code, verifier)
		return grant.Session, err
	case <-ctx.Done():
		return salesforce.Session{}, &config.Error{
			Field: "setup.salesforce.web", Message: "nobody signed in within five minutes", Err: ctx.Err(),
		}
	}
}

type callback struct{ code, refused string }

// answerOnce takes the browser's return with our state, once.
func answerOnce(state string, got chan<- callback) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+loopbackPath, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("state") != state {
			http.Error(w, "This sign-in is not ours, or is over.", http.StatusBadRequest)
			return
		}
		c := callback{code: q.Get("code"), refused: q.Get("error")}
		text := "Signed in. You may close this window."
		if c.refused != "" {
			text = "The org refused: " + q.Get("error_description")
		}
		select {
		case got <- c:
		default:
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src data:")
		_, _ = fmt.Fprintf(w, `<!doctype html><title>patchcord setup</title><link rel="icon" href="data:,"><p>%s</p>`, html.EscapeString(text))
	})
	return mux
}
