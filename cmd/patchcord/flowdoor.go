package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os/user"
	"strconv"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/plain"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
)

// flowDoor is how the org's flows are reached: by a running adapter, or by signing in to the org.
type flowDoor struct {
	Config string        `help:"Sign in to the org as setup does, instead of asking an adapter; see examples." placeholder:"FILE"`
	URL    string        `name:"url" help:"An adapter elsewhere, as in https://adapter.example.com." placeholder:"URL"`
	Token  secret.String `env:"PATCHCORD_TOKEN" help:"From the adapter's pages, for --url; better given as PATCHCORD_TOKEN." placeholder:"T"`
	Socket string        `help:"Socket in an adapter's data folder; to choose one of several." placeholder:"FILE"`
}

// doorHelp says where the flows are looked for.
const doorHelp = "Asks the one running sandbox of this user, else the adapter of patchcord.yaml in this folder; one elsewhere by --url, " +
	"with a token\nfrom its pages. With --config it signs in to the org itself: an adapter that runs takes the change within a minute."

// flowLibrary is the org's flows, by whichever door.
type flowLibrary interface {
	List(ctx context.Context) ([]versions.Entry, error)
	History(ctx context.Context, name string) (versions.History, error)
	File(ctx context.Context, name string, number int) (versions.File, error)
	Push(ctx context.Context, in versions.Push) (versions.Outcome, error)
	Activate(ctx context.Context, name string, number int, c versions.Change) (versions.Outcome, error)
	SetTypes(ctx context.Context, types versions.Types) (records int, err error)
}

var (
	_ flowLibrary = (*versions.Library)(nil)
	_ flowLibrary = askedFlows{}
)

// open gives the flows, and by whom a change of them is.
func (d flowDoor) open(e *env) (all flowLibrary, by string, done func(), err error) {
	if d.Config != "" {
		if d.URL+d.Socket != "" {
			return nil, "", nil, errBoth
		}
		all, by, err = d.signIn(e)
		return all, by, func() {}, err
	}
	ask, err := asked{URL: d.URL, Token: d.Token, Socket: d.Socket}.connect()
	if err != nil {
		return nil, "", nil, err
	}
	return askedFlows{ask}, osUser(), ask.close, nil
}

// osUser is who runs the program, as far as the machine knows.
func osUser() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return cmp.Or(u.Name, u.Username)
}

// signIn is the org itself, and who signed in to it.
func (d flowDoor) signIn(e *env) (*versions.Library, string, error) {
	c, err := config.Load(d.Config)
	if err != nil {
		return nil, "", err
	}
	crm, err := setup.SignIn(e.ctx, c, e.ways())
	if err != nil {
		return nil, "", err
	}
	self, err := crm.Self(e.ctx)
	if err != nil {
		return nil, "", err
	}
	var who struct{ Name string }
	if err := crm.Get(e.ctx, "User", self, []string{"Name"}, &who); err != nil {
		return nil, "", err
	}
	return versions.NewLibrary(func(context.Context) (*salesforce.Client, error) { return crm, nil }, clock.System{}), who.Name, nil
}

// askedFlows are the flows of an adapter's org, asked for.
type askedFlows struct{ *asking }

// List asks GET flows.
func (a askedFlows) List(ctx context.Context) ([]versions.Entry, error) {
	var list admin.FlowList
	_, err := a.get(ctx, "flows", &list)
	return list.Flows, err
}

// History asks GET flows/{flow}.
func (a askedFlows) History(ctx context.Context, name string) (found versions.History, err error) {
	_, err = a.get(ctx, "flows/"+url.PathEscape(name), &found)
	return found, err
}

// File asks GET flows/{flow}/file.
func (a askedFlows) File(ctx context.Context, name string, number int) (found versions.File, err error) {
	path := "flows/" + url.PathEscape(name) + "/file"
	if number > 0 {
		path += "?version=" + strconv.Itoa(number)
	}
	_, err = a.get(ctx, path, &found)
	return found, err
}

// Push asks POST flows.
func (a askedFlows) Push(ctx context.Context, in versions.Push) (out versions.Outcome, err error) {
	_, err = a.do(ctx, http.MethodPost, "flows", in, &out)
	return out, err
}

// Activate asks POST flows/{flow}/activate.
func (a askedFlows) Activate(ctx context.Context, name string, number int, c versions.Change) (out versions.Outcome, err error) {
	in := admin.FlowActivation{Version: number, Change: c}
	_, err = a.do(ctx, http.MethodPost, "flows/"+url.PathEscape(name)+"/activate", in, &out)
	return out, err
}

// SetTypes asks POST flow-types.
func (a askedFlows) SetTypes(ctx context.Context, types versions.Types) (int, error) {
	var set admin.FlowTypesSet
	_, err := a.do(ctx, http.MethodPost, "flow-types", admin.FlowTypes{Types: types}, &set)
	return set.Records, err
}

// refused ends a command that asked for the org's flows: with status 1 where somebody else was there before, with 2 for what cannot be
// done at all.
func refused(e *env, err error) error {
	if _, isStatus := errors.AsType[exit](err); isStatus || err == nil {
		return err
	}
	f, isFault := errors.AsType[*fault.Fault](err)
	if !isFault {
		return trouble(e, err)
	}
	fmt.Fprintln(e.stderr, "patchcord:", plain.Text(f.Message))
	if f.Kind == fault.Conflict {
		return exitFound
	}
	return exitTrouble
}
