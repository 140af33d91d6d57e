package adapter

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/node"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// silentAtStart is after how long whoever starts a node is told that it waits for the database.
const silentAtStart = 2 * time.Second

// openStore opens the store that the configuration names, and gives the clock that all who share it go by.
func openStore(ctx context.Context, cfg Config, home folder) (*store.Store, *node.Time, error) {
	if err := home.fits(cfg.Postgres != ""); err != nil {
		return nil, nil, err
	}
	if cfg.Postgres == "" {
		s, err := store.Open(ctx, home.file(storeFile))
		return s, nil, err
	}
	slow := cfg.Clock.AfterFunc(silentAtStart, func() {
		cfg.Log.WarnContext(ctx, "the database does not answer yet: several hosts under postgres are tried for half a minute")
	})
	s, err := openServer(ctx, cfg)
	slow.Stop()
	if err != nil {
		return nil, nil, err
	}
	t := &node.Time{Clock: cfg.Clock}
	asked := cfg.Clock.Now()
	said, err := s.Nodes().Now(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	t.Set(said, asked, cfg.Clock.Now())
	return s, t, nil
}

// openServer opens the store of many nodes, unless it is being moved, or was.
func openServer(ctx context.Context, cfg Config) (*store.Store, error) {
	s, err := store.OpenPostgres(ctx, cfg.Postgres.Expose(), cfg.Clock)
	if err != nil {
		return nil, err
	}
	shut, err := s.Nodes().Shut(ctx)
	if err == nil && shut != (store.Shut{}) {
		err = fmt.Errorf("%s: %w", s.Name(), &shut)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prints tell nodes apart that seal with different keys, or are different apps to the org.
func prints(cfg Config, key identity.Key) map[string]string {
	app := sha256.Sum256(append([]byte(cfg.Salesforce.ClientID+"\n"), cfg.Salesforce.Certificate...))
	return map[string]string{"key": identity.Fingerprint(key), "app": hex.EncodeToString(app[:8])}
}

// sameAsOthers refuses a node that would seal with another key than the others, or be another app to the org.
func (a *Adapter) sameAsOthers(ctx context.Context, key identity.Key) error {
	nodes := a.store.Nodes()
	if nodes == nil {
		return nil
	}
	own := prints(a.cfg, key)
	for _, same := range []struct{ name, print, mend string }{
		{"key", own["key"], "This node has another key than the nodes whose store it is to share: give all of them the same " +
			"key_file, or the same " + identity.KeyVariable + "."},
		{"app", own["app"], "This node would be another app to the org than the nodes whose store it is to share: give all of " +
			"them the same salesforce.key_file and client_id, or the same app.json in the folder under data."},
	} {
		is, err := nodes.Same(ctx, same.name, same.print)
		if err != nil {
			return err
		}
		if !is {
			return errors.New(same.mend)
		}
	}
	return nil
}

// join has the adapter take its place among those that share its store; alone, it takes up all that an earlier one left.
func (a *Adapter) join(ctx context.Context) (err error) {
	if a.store.Nodes() == nil {
		return a.engine.Load(ctx)
	}
	about, err := json.Marshal(aboutNode{a.cfg.Version, a.cfg.Address})
	if err != nil {
		return err
	}
	a.node, err = node.New(ctx, node.Config{
		Nodes: a.store.Nodes(), Name: a.cfg.Node, About: about, Took: a.others.took, LetGo: a.engine.DropAll,
		Joined: a.others.rejoined, Gone: a.hub.Gone,
		CutOff: a.others.sendAway, Letter: a.others.letter, Time: a.time, Clock: a.time.Clock, Log: a.cfg.Log,
	})
	return err
}

// doubtFor is when a transaction has certainly come to its end of which nobody knows what became.
const doubtFor = 5 * time.Second

// doubted takes up runs that may have been added by a transaction of which nobody knows what became: whoever added them could not start
// them, and nobody adds them again, since what made them is there.
func (o *otherNodes) doubted(userID string) {
	if userID == node.Jobs {
		return
	}
	go o.a.engine.LoadUsers(userID) // it ends with the engine
	o.a.cfg.Clock.AfterFunc(doubtFor, func() { o.a.engine.LoadUsers(userID) })
}

// aboutNode is what a node says of itself, for people.
type aboutNode struct {
	Version string `json:"version"`
	Address string `json:"address"`
}

// connected counts the pages of each user, at whichever nodes. While the store does not say, those that are known here count.
func (o *otherNodes) connected(ctx context.Context) map[string]int {
	if nodes := o.a.store.Nodes(); nodes != nil {
		pages, err := nodes.Census(ctx)
		if err == nil {
			return pages
		}
		o.a.cfg.Log.WarnContext(ctx, "the pages at other nodes are not known", "err", err)
	}
	return o.a.hub.Census()
}

// visitName begins the name under which nodes tell each other that a session of /admin has ended before its time. It is kept for longer
// than any session lasts.
const (
	visitName = "visit "
	keepEnds  = 24 * time.Hour
)

// visits have all nodes know of a session of /admin that was ended, and say whether one was; nil alone.
func (o *otherNodes) visits() (end func(context.Context, string) error, ended func(context.Context, string) (bool, error)) {
	nodes := o.a.store.Nodes()
	if nodes == nil {
		return nil, nil
	}
	end = func(ctx context.Context, session string) error {
		return nodes.Tell(ctx, visitName+session, []byte("ended"))
	}
	ended = func(ctx context.Context, session string) (bool, error) {
		last, err := nodes.Told(ctx, visitName+session)
		return last.Body != nil, err
	}
	return end, ended
}

// sweep forgets what nodes need not know of each other any more.
func (o *otherNodes) sweep(ctx context.Context) error {
	nodes := o.a.store.Nodes()
	if nodes == nil {
		return nil
	}
	return nodes.Untell(ctx, visitName, keepEnds)
}

// silentAfter is after how long a node that lives would have been heard.
const silentAfter = 3 * time.Second

// healths says how all nodes are; nil alone.
func (o *otherNodes) healths() func(context.Context) ([]admin.NodeHealth, error) {
	nodes := o.a.store.Nodes()
	if nodes == nil {
		return nil
	}
	return func(ctx context.Context) ([]admin.NodeHealth, error) {
		all, err := nodes.All(ctx)
		if err != nil {
			return nil, err
		}
		now, healths := o.a.cfg.Clock.Now(), make([]admin.NodeHealth, 0, len(all))
		for _, n := range all {
			var about aboutNode
			_ = json.Unmarshal(n.About, &about) // another version's may be of another form
			healths = append(healths, admin.NodeHealth{
				Name: n.Name, Version: about.Version, Address: about.Address, Since: n.Since.UTC(), Heard: n.Seen.UTC(),
				Silent: now.Sub(n.Seen) > silentAfter, Agents: n.Held, Pages: n.Pages, Leads: slices.Contains(n.Jobs, node.Jobs),
				Here: n.ID == nodes.Me(),
			})
		}
		return healths, nil
	}
}

// takesPages says whether this node takes pages now, and answers that it does not.
func (o *otherNodes) takesPages(w http.ResponseWriter) bool {
	if !o.a.leaving.Load() && o.sure() {
		return true
	}
	http.Error(w, "this node takes no pages: it is ending, or was cut off from the store", http.StatusServiceUnavailable)
	return false
}

// sure says whether this adapter may act for the users whose work it has in hand.
func (o *otherNodes) sure() bool { return o.a.node == nil || o.a.node.Sure() }

// holds says whether this adapter has a user's work in hand.
func (o *otherNodes) holds(ctx context.Context, userID string) (bool, error) {
	nodes := o.a.store.Nodes()
	if nodes == nil {
		return true, nil
	}
	return nodes.Holds(ctx, userID)
}

// leads says whether this adapter does what one does for all.
func (o *otherNodes) leads() bool { return o.a.node == nil || o.a.node.Leads() }

// took takes up the work of users that has come into this node's hand. Of those who have no page, whoever watched for them may be dead.
func (o *otherNodes) took(taken []store.Taken) {
	var users, missing []string
	for _, v := range taken {
		users = append(users, v.User)
		o.a.hub.Moved(v.User, socket.Holder{Fence: v.Fence})
		if o.a.hub.Pages(v.User) == 0 {
			missing = append(missing, v.User)
		}
	}
	o.a.engine.LoadUsers(users...)
	ctx, cancel := context.WithTimeout(context.Background(), leaveWithin)
	defer cancel()
	here, err := o.a.whoIsHere(ctx, missing)
	if err != nil {
		o.a.cfg.Log.WarnContext(ctx, "nobody watches for agents who were here before: one who has gone keeps the status", "err", err)
	}
	for _, userID := range here {
		o.a.absence.Left(userID, false)
	}
}

// rejoined has the pages entered anew that are connected here.
func (o *otherNodes) rejoined(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, leaveWithin)
	defer cancel()
	o.a.hub.Reenter(ctx)
}

// letter takes in what another node tells.
func (o *otherNodes) letter(l store.Letter) {
	switch l.Kind {
	case store.LetterMoved:
		if o.a.engine.Drop(l.User, l.Fence) {
			o.a.absence.Back(l.User) // whoever has the work in hand watches for them
		}
		o.a.hub.Moved(l.User, socket.Holder{Node: l.From, Fence: l.Fence})
	case store.LetterRuns:
		go o.a.engine.LoadUsers(l.User) // it ends with the engine
	case letterWake:
		o.a.engine.Wake(l.User)
	case letterAgain:
		var id int64
		if json.Unmarshal(l.Body, &id) == nil {
			o.a.engine.Again(l.User, id)
		}
	case letterOver:
		var contact string
		if json.Unmarshal(l.Body, &contact) == nil {
			o.a.flows.Over(l.User, contact)
		}
	default:
		if l.Kind == socket.LetterSignOut {
			o.a.identity.Forget(l.User)
		}
		o.a.hub.Read(socket.Letter{Node: l.From, Kind: l.Kind, User: l.User, Body: l.Body})
	}
}

// Kinds of letters to whoever has a user's work in hand.
const (
	letterWake  = "wake"  // the user has signed in
	letterAgain = "again" // a run is to go on at once
	letterOver  = "over"  // a contact has ended
)

// tellHolder tells whoever has a user's work in hand something, if that may be another node.
func (o *otherNodes) tellHolder(kind, userID string, body any) {
	if o.a.node == nil {
		return
	}
	written, _ := json.Marshal(body) // texts and numbers are always JSON
	o.a.node.Send(store.Posted{Letter: store.Letter{Kind: kind, User: userID, Body: written}})
}

// again has a run go on at once, at whichever node it is.
func (o *otherNodes) again(userID string, id int64) {
	o.a.engine.Again(userID, id)
	o.tellHolder(letterAgain, userID, id)
}

// over hears that a contact has ended; elsewhere says that another node has its user's work in hand.
func (o *otherNodes) over(userID, contactID string, elsewhere bool) {
	o.a.flows.Over(userID, contactID)
	if elsewhere {
		o.tellHolder(letterOver, userID, contactID)
	}
}

const (
	// leaveAtOnce pages are sent to another node together, leaveEvery apart, so that those who take them in are not run over.
	leaveAtOnce = 100
	leaveEvery  = 25 * time.Millisecond
	// drainWithin is how long that may take.
	drainWithin = 10 * time.Second
)

// sendAway has the pages look for another node, one after another.
func (o *otherNodes) sendAway() {
	ctx, cancel := context.WithTimeout(context.Background(), drainWithin)
	defer cancel()
	o.a.hub.SendAway(ctx, leaveAtOnce, func(ctx context.Context) error { return clock.Pause(ctx, o.a.cfg.Clock, leaveEvery) })
}

// elsewhere gives the hub the other nodes; nil if there can be none.
func (o *otherNodes) elsewhere() socket.Elsewhere {
	if o.a.store.Nodes() == nil {
		return nil
	}
	return o
}

// otherNodes are the adapter's dealings with the other nodes. Alone, there is nobody to tell.
type otherNodes struct{ a *Adapter }

var _ socket.Elsewhere = (*otherNodes)(nil)

// errNotSure is of a page that comes while this node cannot be sure that nobody else works for its user.
var errNotSure = errors.New("the store does not answer")

// Enter is socket.Elsewhere's.
func (o *otherNodes) Enter(ctx context.Context, u socket.User, page string, serial int64) (socket.Holder, error) {
	entered, err := o.a.node.Enter(ctx, store.Entering{User: u.ID, Page: store.Page{ID: page, Session: u.Session, Socket: serial}})
	switch {
	case err != nil:
		return socket.Holder{}, err
	case entered.Gone:
		return socket.Holder{}, fault.New(fault.Unsigned, nil, "Sign in to use the softphone.")
	}
	holder := socket.Holder{Node: entered.Holding.Node, Fence: entered.Holding.Fence}
	if holder.Node == o.a.node.ID() {
		holder.Node = ""
	}
	return holder, nil
}

// Exit is socket.Elsewhere's.
func (o *otherNodes) Exit(u socket.User, page string, serial int64) {
	o.a.node.Send(store.Posted{Lasts: true, Exit: &store.Exit{User: u.ID, Page: store.Page{ID: page, Socket: serial}}})
}

// Send is socket.Elsewhere's.
func (o *otherNodes) Send(l socket.Letter) {
	lasts := l.Kind == socket.LetterLeft || l.Kind == socket.LetterSignOut
	o.a.node.Send(store.Posted{Node: l.Node, All: l.All, Lasts: lasts, Letter: store.Letter{Kind: l.Kind, User: l.User, Body: l.Body}})
}
