package presence

import (
	"slices"
	"time"
)

const (
	// echoWithin is how long after our own change its echo may arrive.
	echoWithin = 3 * time.Second
	// carriedOutWithin is how long a change of ours may be under way: beyond it nobody waits for its echo any more.
	carriedOutWithin = 2 * time.Minute
	// Holds is how long what a rule has said may be said again, and how old a change may be that rules still follow: longer than a shift, so
	// that nobody is given a status in the morning which had its reason on the evening before.
	Holds = 12 * time.Hour
	// loadsWithin is how long a console takes to log its agent in to Omni-Channel again, once a page in it has read how they stand.
	loadsWithin = 30 * time.Second
	maxMarks    = 8 // of a side
	// tooMany changes within tooFast stop the sync of an agent, until somebody starts it again or nothing has changed for quiet.
	tooMany = 10
	tooFast = 5 * time.Second
	quiet   = 5 * time.Minute
)

// Sync is how the two presences of one agent stand, and what the rules have said of them. It is kept as JSON; its zero value knows nothing.
// Every method that changes it gives a new one.
type Sync struct {
	Centre Stand `json:"centre"`
	Org    Stand `json:"org"`
	Work   *Load `json:"work,omitempty"`
	// Set numbers our changes.
	Set int64 `json:"set,omitempty"`
	// Recent are the moments of the latest changes by which rules were fired.
	Recent []time.Time `json:"recent,omitempty"`
	// Stopped is when the sync was stopped, since there were too many; zero while it goes.
	Stopped time.Time `json:"stopped,omitzero"`
	Latest  time.Time `json:"latest,omitzero"` // change of either side
}

// Stand is one of the two.
type Stand struct {
	Value string    `json:"value,omitempty"` // "" while nobody has told it
	Was   string    `json:"was,omitempty"`   // the one before
	Name  string    `json:"name,omitempty"`  // what people read in place of Value; "" is Value itself
	Since time.Time `json:"since,omitzero"`  // by the adapter's clock
	// Told is the latest change that was told, by the clock of whoever told it: the side's own, or the adapter's.
	Told time.Time `json:"told,omitzero"`
	// Read is when Value was read while nobody had told it, and Echo whether it was ours; zero for one that was told.
	Read time.Time `json:"read,omitzero"`
	Echo bool      `json:"echo,omitempty"`
	// Word is what this side has to be, as was said last; nil while nothing was said.
	Word *Word `json:"word,omitempty"`
	// Marks are changes of ours whose echo is awaited, oldest first.
	Marks []Mark `json:"marks,omitempty"`
	// Refused is what a rule wanted of this side last and could not be; nil once either side has changed.
	Refused *Refusal `json:"refused,omitempty"`
}

// Refusal is why a side did not become what a rule said.
type Refusal struct {
	Value string `json:"value"`
	Rule  string `json:"rule,omitempty"`
	Why   string `json:"why"` // a sentence
}

// Word is what was said last of a side: by a rule, or by whoever changed it.
type Word struct {
	Value string `json:"value"`
	Rule  string `json:"rule,omitempty"` // "" for a change that was not ours
	// Of and Stood are the side and the value that had the rule say so.
	Of    Side   `json:"of,omitempty"`
	Stood string `json:"stood,omitempty"`
	Set   int64  `json:"set,omitempty"` // the change of ours that carries it out; 0 for none
	// Said is when the rule said so.
	Said time.Time `json:"said,omitzero"`
}

// Set is a change to be made.
type Set struct {
	ID    int64  `json:"id"`
	Side  Side   `json:"side"`
	Value string `json:"value"`
	Rule  string `json:"rule"` // name; "" gives back what somebody had chosen and an older change of ours had undone
	// Restored says that the rule had said so before, and the side was found to be another.
	Restored bool `json:"restored,omitempty"`
}

// Change is a side's new status, as it was told.
type Change struct {
	Side  Side
	Value string
	Name  string    // what people read in place of Value; "" is Value itself
	Was   string    // the one before, if whoever tells it says so
	Order time.Time // by the clock of whoever told it
}

// News is what came of a change.
type News struct {
	Changed   bool
	From, To  string
	Ours      bool   // an echo: by Rule
	Rule      string // of an echo
	Flow      string // the CTI flow that made the change; "" for none
	Session   bool   // the end or the begin of a session made it
	Sets      []Set
	JustStops bool // too many: the sync was stopped by this change
	GoesOn    bool // it was stopped, and all was quiet since
}

// Of is the stand of a side.
func (s *Sync) Of(side Side) *Stand {
	if side == Centre {
		return &s.Centre
	}
	return &s.Org
}

// Standing is what rules may ask about.
func (s Sync) Standing() Standing {
	return Standing{Centre: s.Centre.Value, CentreWas: s.Centre.Was, Org: s.Org.Value, Work: s.Work}
}

// Tell takes a change in. What is older than what is known, or nothing new, changes nothing and fires nothing; nor does what is ours.
func (s Sync) Tell(rules []Rule, c Change, now time.Time) (Sync, News) {
	s = s.copy()
	stand := s.Of(c.Side)
	if c.Side == Org && (stand.Told.After(now) || stand.Read.After(now)) {
		stand.Told, stand.Read = time.Time{}, time.Time{} // our clock was set back
	}
	if c.Value == "" || c.Order.Before(stand.Told) {
		return s, News{}
	}
	anew := c.Order.After(stand.Told)
	stand.Told = c.Order
	read := stand.Read
	switch {
	case c.Order.Before(read) && c.Value == stand.Value:
		stand.Read = time.Time{}
		if stand.Echo {
			return s, News{}
		}
		news := News{Changed: true, From: stand.Was, To: stand.Value} // what was read had not been told
		return s.follow(rules, sourceOf(c), c.Side, news, now)
	case c.Order.Before(read):
		return s, News{} // it has moved on since
	case c.Value == stand.Value:
		stand.Name, stand.Read = c.Name, time.Time{}
		if c.Side == Centre && anew && !IsSystem(c.Value) {
			stand.Word = &Word{Value: c.Value} // its own clock says so: it was another meanwhile, and somebody had it be this one again
		}
		return s, News{}
	case stand.Value == Offline && c.Value == stand.Was && !read.IsZero() && apart(read, now) <= loadsWithin:
		stand.Read = time.Time{}
		news := s.turn(c, now) // a console that was just loaded had not logged in yet when it was read
		return s, news
	}
	stand.Read = time.Time{}
	news := s.turn(c, now)
	return s.follow(rules, sourceOf(c), c.Side, news, now)
}

// sourceOf is the event that rules are for. A log-out is an event of its own. Source: the original adapter's manual.
func sourceOf(c Change) Source {
	switch {
	case c.Side == Centre:
		return CentreChanged
	case c.Value == Offline:
		return OrgLoggedOut
	}
	return OrgChanged
}

// turn notes that a side is another now.
func (s *Sync) turn(c Change, now time.Time) News {
	stand := s.Of(c.Side)
	news := News{Changed: true, From: stand.Value, To: c.Value}
	stand.lapse(c.Side, now)
	if i := stand.echo(c.Value); i >= 0 {
		m := stand.Marks[i]
		news.Ours, news.Rule, news.Flow, news.Session = m.isRules(), m.Rule, m.Flow, m.Session
		stand.Marks = slices.Delete(stand.Marks, 0, i+1) // the echoes of those before it are lost
	} else if IsSystem(stand.Value) && c.Side == Centre && !IsSystem(c.Value) {
		for i := range stand.Marks {
			if !stand.Marks[i].Done.IsZero() {
				stand.Marks[i].Done = now // the contact is over: what waited for that comes now
			}
		}
	}
	if c.Side == Org || !IsSystem(c.Value) {
		stand.Marks = slices.DeleteFunc(stand.Marks, func(m Mark) bool { return m.Session })
	}
	stand.Was, stand.Value, stand.Name, stand.Since = stand.Value, c.Value, c.Name, now
	s.Centre.Refused, s.Org.Refused = nil, nil
	if c.Was != "" {
		stand.Was = c.Was
	}
	if !s.Stopped.IsZero() && apart(s.Latest, now) > quiet {
		*s, news.GoesOn = s.Start(), true
	}
	s.Latest = now
	return news
}

// apart is how far two moments are from each other, whichever way the clock was set.
func apart(a, b time.Time) time.Duration { return b.Sub(a).Abs() }

// follow says what a change has for its consequence.
func (s Sync) follow(rules []Rule, e Source, side Side, news News, now time.Time) (Sync, News) {
	stand := s.Of(side)
	if news.Ours {
		// An older change of ours may have come after somebody chose otherwise: then what was said last is said again.
		if w := stand.Word; w != nil && w.Value != stand.Value && len(stand.awaited()) == 0 && !IsSystem(stand.Value) && s.Stopped.IsZero() {
			news.Sets = append(news.Sets, s.set(side, *w, now))
		}
		return s, news
	}
	if !IsSystem(stand.Value) || side != Centre {
		stand.Word = &Word{Value: stand.Value}
	}
	return s.decide(rules, e, side, s.Standing(), news, now)
}

// Happen takes in what is no change of a status: work that was accepted through a channel, or another workload.
func (s Sync) Happen(rules []Rule, e Source, channel string, now time.Time) (Sync, News) {
	standing := s.Standing()
	standing.Channel = channel
	return s.copy().decide(rules, e, Org, standing, News{}, now)
}

// Load takes a workload in; false if it is the one that is known.
func (s Sync) Load(l Load) (Sync, bool) {
	if s.Work != nil && s.Work.Now == l.Now && s.Work.Capacity == l.Capacity {
		return s, false
	}
	s = s.copy()
	s.Work = &l
	return s, true
}

func (s Sync) decide(rules []Rule, e Source, by Side, standing Standing, news News, now time.Time) (Sync, News) {
	wants := Decide(rules, e, standing)
	if len(wants) == 0 || !s.Stopped.IsZero() {
		return s, news
	}
	s.Recent = append(slices.DeleteFunc(s.Recent, func(t time.Time) bool { return apart(t, now) > tooFast }), now)
	if len(s.Recent) >= tooMany {
		s.Stopped, s.Recent = now, nil
		s.Centre.Marks, s.Org.Marks = nil, nil
		news.JustStops = true
		return s, news
	}
	for _, w := range wants {
		stand := s.Of(w.Side)
		stand.lapse(w.Side, now)
		word := Word{Value: w.Value, Rule: w.Rule, Of: by, Stood: s.Of(by).Value, Said: now}
		marks := stand.awaited()
		switch n := len(marks); {
		case n == 0 && stand.Value == w.Value: // it is so already
			stand.Word, stand.Refused = &word, nil
			continue
		case n > 0 && marks[n-1].Value == w.Value && marks[n-1].Done.IsZero() && stand.Word != nil: // or on its way
			word.Set = marks[n-1].Set
			stand.Word = &word
			continue
		}
		news.Sets = append(news.Sets, s.set(w.Side, word, now))
	}
	return s, news
}

// set begins a change of ours.
func (s *Sync) set(side Side, w Word, now time.Time) Set {
	s.Set++
	stand := s.Of(side)
	w.Set = s.Set
	stand.Word, stand.Refused = &w, nil
	stand.mark(Mark{Value: w.Value, Rule: w.Rule, Set: s.Set, Made: now})
	return Set{ID: s.Set, Side: side, Value: w.Value, Rule: w.Rule}
}

// Read takes in how a side is found to be after nobody was there to tell: it fires nothing, since a console that has just been loaded may
// not know yet.
func (s Sync) Read(side Side, value, name string, now time.Time) (Sync, News) {
	if value == "" || value == s.Of(side).Value {
		return s, News{}
	}
	s = s.copy()
	news := s.turn(Change{Side: side, Value: value, Name: name}, now)
	stand := s.Of(side)
	stand.Read, stand.Echo = now, news.Ours
	if w := stand.Word; !news.Ours && value != Offline && w != nil && w.Value != value {
		stand.Word = &Word{Value: value} // nobody is given that by being away: somebody chose it
	}
	return s, news
}

// Restore says again what the rules said last and is not so, if they still say it, and what had them say so still is.
func (s Sync) Restore(rules []Rule, now time.Time) (Sync, []Set) {
	s = s.copy()
	var sets []Set
	for _, side := range []Side{Centre, Org} {
		stand := s.Of(side)
		stand.lapse(side, now)
		w := stand.Word
		if w == nil || w.Rule == "" || w.Value == stand.Value || stand.Value == "" || len(stand.awaited()) > 0 || !s.Stopped.IsZero() ||
			s.Of(w.Of).Value != w.Stood || apart(w.Said, now) > Holds || !(Set{Side: side, Value: w.Value, Rule: w.Rule}).SaidBy(rules) {
			continue
		}
		again := s.set(side, *w, now)
		again.Restored = true
		sets = append(sets, again)
	}
	return s, sets
}

// SaidBy says whether rules still have a change be made. What is given back to somebody stands as long as there are any.
func (c Set) SaidBy(rules []Rule) bool {
	if c.Rule == "" {
		return len(rules) > 0
	}
	return slices.ContainsFunc(rules, func(r Rule) bool { return r.Name == c.Rule && r.Destination == c.Side && r.Value == c.Value })
}

// Wants says whether a change of ours is still what was said last, and young enough for its echo to be known.
func (s Sync) Wants(c Set, now time.Time) bool {
	stand := s.Of(c.Side)
	isYoung := func(m Mark) bool { return m.Set == c.ID && apart(m.Made, now) <= carriedOutWithin }
	return stand.Word != nil && stand.Word.Set == c.ID && s.Stopped.IsZero() && slices.ContainsFunc(stand.Marks, isYoung)
}

// Leave forgets what was said in a session that has ended, and how its agent stood in Omni-Channel, where nobody is any more.
func (s Sync) Leave() Sync {
	s = s.copy()
	s.Centre.Word = nil
	s.Centre.Marks = slices.DeleteFunc(s.Centre.Marks, func(m Mark) bool { return !m.Session })
	s.Org = Stand{Told: s.Org.Told}
	s.Work = nil
	return s
}

// Start starts a sync again that was stopped.
func (s Sync) Start() Sync {
	s.Stopped, s.Recent = time.Time{}, nil
	return s
}

// Agree says whether both sides are what was said of them last.
func (s Sync) Agree() bool {
	holds := func(t Stand) bool {
		return t.Refused == nil && (t.Word == nil || t.Word.Rule == "" || t.Word.Value == t.Value)
	}
	return holds(s.Centre) && holds(s.Org)
}

// copy is a Sync whose lists are its own.
func (s Sync) copy() Sync {
	s.Recent = slices.Clone(s.Recent)
	s.Centre.Marks, s.Org.Marks = slices.Clone(s.Centre.Marks), slices.Clone(s.Org.Marks)
	return s
}
