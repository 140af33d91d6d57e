// Package packaging installs packages into the org: asynchronously, by a metadata deployment, all or nothing.
//
// Read first: Store, Listing, Install. It is handed archives and does not know whose they are. Source: Metadata API
// developer guide, Salesforce Help.
package packaging

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Listing is an offer of the marketplace, with the package that it installs.
type Listing struct {
	Title, Tagline, Publisher string
	Description               []string // paragraphs
	Highlights                []string
	PackageName               string
	VersionName, Version      string                 // Version is major.minor
	Archive                   func() ([]byte, error) // as the Metadata API takes it
}

// VersionID is the subscriber package version's id, 04t…; the same for the same package and version.
func (l Listing) VersionID() string { return numbered("04t", l.PackageName+"\x00"+l.Version) }

// packageID is the id of the package whatever its version.
func (l Listing) packageID() string { return numbered("033", l.PackageName) }

func numbered(prefix, name string) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	sum, out := h.Sum64(), []byte(prefix+"Pc0000000000")
	for i := len(out) - 1; i > 5; i-- {
		out[i] = digits[sum%36]
		sum /= 36
	}
	return string(schema.To18(string(out)))
}

// Config says which org, what is offered, and who deploys.
type Config struct {
	Org      *crm.Org
	Listings []Listing
	Deploys  *metadata.API
	Clock    clock.Clock
	Log      *slog.Logger
}

// Store is safe for concurrent use. Close ends installations under way.
type Store struct {
	cfg  Config
	ctx  context.Context // ends with the store; installations go on after their request
	stop context.CancelFunc
	work sync.WaitGroup

	mu       sync.Mutex // guards requests, order, next
	requests map[string]*Request
	order    []string
	next     int
}

// New starts nothing.
func New(cfg Config) *Store {
	ctx, stop := context.WithCancel(context.Background())
	return &Store{cfg: cfg, ctx: ctx, stop: stop, requests: map[string]*Request{}}
}

// Close ends installations under way and waits for them.
func (s *Store) Close() {
	s.stop()
	s.work.Wait()
}

// Search finds listings whose words begin with the words of a query; all of them for an empty one.
func (s *Store) Search(query string) []Listing {
	var found []Listing
	for _, l := range s.cfg.Listings {
		words := strings.Fields(strings.ToLower(l.Title + " " + l.PackageName + " " + l.Publisher + " " + l.Tagline))
		fits := true
		for term := range strings.FieldsSeq(strings.ToLower(query)) {
			fits = fits && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, term) })
		}
		if fits {
			found = append(found, l)
		}
	}
	return found
}

// Listing finds the offer of a package version.
func (s *Store) Listing(versionID string) (Listing, bool) {
	id := string(schema.To18(versionID))
	at := slices.IndexFunc(s.cfg.Listings, func(l Listing) bool { return l.VersionID() == id })
	if at < 0 {
		return Listing{}, false
	}
	return s.cfg.Listings[at], true
}

// Access says who gets the package's rights by their profile, as PackageInstallRequest.SecurityType does.
type Access string

// Administrators always get them; custom profiles get them with AllUsers, or when they are chosen.
const (
	AdminsOnly Access = "None"
	AllUsers   Access = "Full"
	Specific   Access = "Custom"
)

// Status is PackageInstallRequest.Status.
type Status string

// The states of a request.
const (
	InProgress Status = "IN_PROGRESS"
	Success    Status = "SUCCESS"
	Failed     Status = "ERROR"
)

// Request is an installation asked for.
type Request struct {
	ID, VersionID   string
	Status          Status
	Errors          []string
	Total, Deployed int
	Created         time.Time

	deployment string
}

const mostRequests = 100 // that are remembered

// Install begins an installation for an administrator and returns at once.
func (s *Store) Install(ctx context.Context, by schema.RecordID, versionID string, access Access,
	profiles []schema.RecordID) (Request, error) {
	user, err := s.administrator(ctx, by)
	if err != nil {
		return Request{}, err
	}
	l, ok := s.Listing(versionID)
	if !ok {
		return Request{}, &schema.Error{Code: "INVALID_ID_FIELD", Status: 400, Fields: []string{"SubscriberPackageVersionKey"},
			Message: "The package version that you're trying to install doesn't exist. Check the ID and try again."}
	}
	installed, err := s.Installed(ctx)
	if err != nil {
		return Request{}, err
	}
	for _, p := range installed {
		if p.VersionID == l.VersionID() {
			return Request{}, &schema.Error{Code: "ALREADY_INSTALLED", Status: 400,
				Message: fmt.Sprintf("Version %s of %s is already installed in this organization.", l.Version, l.PackageName)}
		}
	}
	archive, err := l.Archive()
	if err != nil {
		return Request{}, fmt.Errorf("package %s: %w", l.PackageName, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		if r.VersionID == l.VersionID() && r.Status == InProgress {
			return s.look(r), nil // pressed twice
		}
	}
	s.next++
	r := &Request{ID: numbered("0Hf", fmt.Sprint(s.next, s.cfg.Clock.Now())), VersionID: l.VersionID(),
		Status: InProgress, Created: s.cfg.Clock.Now(), deployment: s.cfg.Deploys.Deploy(user, archive)}
	s.requests[r.ID] = r
	s.order = append(s.order, r.ID)
	if len(s.order) > mostRequests {
		delete(s.requests, s.order[0])
		s.order = s.order[1:]
	}
	s.work.Go(func() { s.follow(r, l, user, access, profiles) })
	return s.look(r), nil
}

func (s *Store) administrator(ctx context.Context, id schema.RecordID) (people.User, error) {
	actor, err := s.cfg.Org.As(ctx, id)
	if err != nil {
		return people.User{}, err
	}
	user := actor.User()
	if !user.Administrator {
		err = &schema.Error{Code: "INSUFFICIENT_ACCESS", Status: 403,
			Message: "You need the Download AppExchange Packages permission to install or uninstall packages."}
	}
	return user, err
}

// Request tells how an installation goes; NOT_FOUND if there is none.
func (s *Store) Request(id string) (Request, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.requests[string(schema.To18(id))]
	if !ok {
		return Request{}, &schema.Error{Code: "NOT_FOUND", Status: 404, Message: "The requested resource does not exist"}
	}
	return s.look(r), nil
}

func (s *Store) look(r *Request) Request {
	out := *r
	if p, ok := s.cfg.Deploys.Progress(r.deployment); ok {
		out.Total, out.Deployed = p.Total, p.Deployed
	}
	return out
}

// follow waits for the deployment, then writes down what was installed and tells the installing user by mail.
func (s *Store) follow(r *Request, l Listing, by people.User, access Access, profiles []schema.RecordID) {
	err := s.cfg.Deploys.Wait(s.ctx, r.deployment)
	if err != nil {
		return // the sandbox is ending
	}
	p, _ := s.cfg.Deploys.Progress(r.deployment)
	problems := p.Problems
	if p.Success {
		if err := s.settle(l, by, p.Components, access, profiles); err != nil {
			s.cfg.Log.Error("package not registered", "package", l.PackageName, "err", err)
			problems = append(problems, "UNKNOWN_EXCEPTION: An unexpected error occurred.")
		}
	}
	if len(problems) > 0 || !p.Success {
		if err := s.cfg.Org.Transact(s.ctx,
			func(a *crm.Actor) error { return people.SendMail(s.ctx, a.Access, by.ID, failureMail(l, problems)) }); err != nil {
			s.cfg.Log.Error("mail not kept", "err", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Status, r.Errors = Success, problems
	if len(problems) > 0 || !p.Success {
		r.Status = Failed
	}
}

const sender = "Salesforce Packaging <support@salesforce.example>"

func failureMail(l Listing, problems []string) people.Mail {
	return people.Mail{From: sender, Subject: "Package " + l.PackageName + " Install Failed",
		Body: "Your request to install package \"" + l.PackageName + " " + l.VersionName +
			"\" was unsuccessful. None of the data or setup information in your organization has been affected.\n\nThese " +
			"problems were found:\n\n" + strings.Join(problems, "\n")}
}

func successMail(l Listing) people.Mail {
	return people.Mail{From: sender, Subject: "Package " + l.PackageName + " Install Successful",
		Body: "The installation of package \"" + l.PackageName + " " + l.VersionName +
			"\" in your organization has completed successfully.\n\nTo see what was installed, go to Setup, enter Installed in " +
			"Quick Find, then select Installed Packages."}
}
