// Package sandbox runs both platforms on this machine: a contact centre with real calls, and a CRM, each on origins of its own.
//
// Read first: Open, Sandbox.Run, Config. It only puts its rooms together; the two platforms meet on the wire.
package sandbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/connect"
	connectpage "github.com/patchcord/patchcord/sandbox/connect/console/page"
	"github.com/patchcord/patchcord/sandbox/connect/cti/ccp"
	"github.com/patchcord/patchcord/sandbox/connect/iam"
	"github.com/patchcord/patchcord/sandbox/connect/voice"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/omni"
	crmpage "github.com/patchcord/patchcord/sandbox/crm/lightning/page"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/phone"
	phonepage "github.com/patchcord/patchcord/sandbox/phone/page"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// Listeners are the web origins, opened by whoever starts the sandbox, so that every part knows the others' addresses.
type Listeners struct{ CRM, Visualforce, Connect net.Listener }

// Person is a user of both platforms.
type Person struct {
	Role                string // administrator, manager, agent
	MinimumAccess       bool   // the CRM's profile gives nothing: all rights come from permission sets
	FirstName, LastName string
	Username, Connect   string // to log in to the CRM and to the contact centre with
}

// QuickConnect is a telephone number that agents have at hand.
type QuickConnect struct{ Name, Number string }

// Config says where the sandbox runs and who is in it.
type Config struct {
	Dir       string // folder for all state
	Listeners Listeners
	// PagesHost is the host by which browsers reach Visualforce pages; "" is localhost. Another one is another site, as on the platform:
	// cookies then are set for frames of other sites.
	PagesHost string
	SIP, TURN string // host:port; port 0 takes a free one
	Alias     string
	Number    string // of the contact centre, E.164
	People    []Person
	Password  secret.String // everybody's
	// AccessKeyID and SecretKey are good for the contact centre's public API.
	AccessKeyID string
	SecretKey   secret.String
	Policy      *iam.Policy // what the access key may do; nil allows it everything
	// QuickConnects are what a new instance's queue has for its agents.
	QuickConnects []QuickConnect
	WithoutLMS    WithoutLMS
	APIRequests   int                 // that the org answers in 24 hours, then it refuses; 0 refuses none
	Caller        string              // number that the browser's handset calls from
	Answered      []string            // customers' numbers, E.164, that the sandbox answers when no telephone does
	Listings      []packaging.Listing // what the CRM's marketplace offers
	Clock         clock.Clock
	Log           *slog.Logger
}

// WithoutLMS says which pages are to be without Lightning Message Service, as in an org where it does not reach them.
type WithoutLMS struct {
	OpenCTI     bool // the methods publish, subscribe and unsubscribe of Open CTI
	Visualforce bool // sforce.one in Visualforce pages
}

// Sandbox is both platforms.
type Sandbox struct {
	cfg      Config
	org      *crm.Org
	deploys  *metadata.API
	packages *packaging.Store
	omni     *omni.Server
	centre   *connect.Centre
	exchange *telephony.Exchange
	voice    *voice.Voice
	phones   *phone.Phones
	ctx      context.Context // ends with the sandbox
	stop     context.CancelFunc
	servers  []*http.Server
}

// Origin is how browsers name a listener.
func Origin(l net.Listener) string { return OriginAt("", l) }

// OriginAt is how browsers name a listener that they reach by a host; "" is localhost.
func OriginAt(host string, l net.Listener) string {
	return fmt.Sprintf("http://%s:%d", cmp.Or(host, "localhost"), l.Addr().(*net.TCPAddr).Port)
}

// Open opens the state and the telephone sockets; Run serves.
func Open(ctx context.Context, cfg Config) (*Sandbox, error) {
	s := &Sandbox{cfg: cfg}
	s.ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Sandbox) open(ctx context.Context) error {
	var err error
	seed := []crm.SeedUser{}
	for _, p := range s.cfg.People {
		seed = append(seed, crm.SeedUser{
			Username: p.Username, FirstName: p.FirstName, LastName: p.LastName,
			Alias: p.FirstName[:min(8, len(p.FirstName))], Password: s.cfg.Password,
			Administrator: p.Role == "administrator", MinimumAccess: p.MinimumAccess,
		})
	}
	if s.org, err = crm.Open(ctx, crm.Config{
		Dir: filepath.Join(s.cfg.Dir, "crm"), Clock: s.cfg.Clock, Log: s.cfg.Log, Users: seed,
		Origin: s.crmOrigin(), VisualforceOrigin: s.visualforceOrigin(),
	}); err != nil {
		return err
	}
	if s.exchange, err = telephony.Listen(telephony.Config{SIP: s.cfg.SIP, TURN: s.cfg.TURN, Clock: s.cfg.Clock, Log: s.cfg.Log}); err != nil {
		return err
	}
	if s.centre, err = openCentre(s.cfg); err != nil {
		return err
	}
	s.voice = voice.New(s.centre, s.exchange, s.cfg.Log)
	return s.serve()
}

// Instance is the contact centre as it was delivered or kept.
func (s *Sandbox) Instance() connect.Instance { return s.centre.State().Instance }

// People are those of the configuration whom the CRM has: one that was kept may have been made with fewer.
func (s *Sandbox) People(ctx context.Context) ([]Person, error) {
	var known []Person
	for _, p := range s.cfg.People {
		_, err := s.org.People.UserByName(ctx, p.Username)
		if missing, ok := errors.AsType[*schema.Error](err); ok && missing.Code == "NOT_FOUND" {
			continue
		}
		if err != nil {
			return nil, err
		}
		known = append(known, p)
	}
	return known, nil
}

// SIP is where the trunk listens.
func (s *Sandbox) SIP() string { return s.exchange.SIPAddr() }

// pageFolders are the folders that the pages' builds leave.
type pageFolders struct{ console, panel, handset, centreConsole fs.FS }

func pages() (pageFolders, error) {
	console, err1 := fs.Sub(crmpage.Dist, "dist")
	panel, err2 := fs.Sub(ccp.Dist, "dist")
	handset, err3 := fs.Sub(phonepage.Dist, "dist")
	centreConsole, err4 := fs.Sub(connectpage.Dist, "dist")
	return pageFolders{console, panel, handset, centreConsole}, errors.Join(err1, err2, err3, err4)
}

const drain = 3 * time.Second

// Run serves until ctx ends, then ends every call and request.
func (s *Sandbox) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for i, l := range []net.Listener{s.cfg.Listeners.CRM, s.cfg.Listeners.Visualforce, s.cfg.Listeners.Connect} {
		group.Go(func() error {
			if err := s.servers[i].Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		})
	}
	// Handsets hang up by the trunk, so it goes on until they have.
	trunk, hush := context.WithCancel(context.WithoutCancel(ctx))
	group.Go(func() error { return s.exchange.Run(trunk) })
	group.Go(func() error {
		defer hush()
		return s.phones.Run(ctx)
	})
	group.Go(func() error { return s.voice.Run(ctx) })
	group.Go(func() error { return s.omni.Run(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		s.stop()
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		for _, server := range s.servers {
			if server.Shutdown(limited) != nil {
				_ = server.Close() // what did not end by itself is cut off
			}
		}
		return nil
	})
	return group.Wait()
}

// Close lets go of the state, after Run has returned.
func (s *Sandbox) Close() error {
	s.stop()
	if s.packages != nil {
		s.packages.Close()
	}
	if s.deploys != nil {
		s.deploys.Close()
	}
	if s.org != nil {
		return s.org.Close()
	}
	return nil
}
