package amazonconnect

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// ErrNoContact means that the service knows of no contact that a call can have made.
var ErrNoContact = errors.New("no contact of this call")

// Follower finds the contact that a call made and asks about it until an agent has it. Its caller cannot know: the queue's music and the
// agent are one answer to a telephone.
type Follower struct {
	Find  func(ctx context.Context) ([]Contact, error) // contacts that may be the call's, the latest first
	Look  func(ctx context.Context, id string) (Contact, error)
	Clock clock.Clock
}

const (
	askEvery = time.Second     // half of what the service allows an account
	findFor  = 3 * time.Second // a contact may be found a little after it began
	lastLook = 2 * time.Second // after the end of the call
)

// Run follows the call that goes on as long as ctx, and gives its contact as it was seen last. found is called once, when the contact is
// known. An error means that it never was.
func (f Follower) Run(ctx context.Context, found func()) (Contact, error) {
	began, known := f.Clock.Now(), Contact{}
	for {
		now, err := f.ask(ctx, known.ID, false)
		switch {
		case err == nil && known.ID == "":
			found()
			known = now
		case err == nil:
			known = now
		case known.ID != "" || ctx.Err() != nil: // the next answer tells more
		case !errors.Is(err, ErrNoContact) || f.Clock.Now().Sub(began) >= findFor:
			return Contact{}, err
		}
		if !known.Connected.IsZero() {
			return known, nil
		}
		if clock.Pause(ctx, f.Clock, askEvery) != nil {
			return f.end(ctx, known, found)
		}
	}
}

// end looks once more at a call that is over: who was connected since the last answer?
func (f Follower) end(ctx context.Context, known Contact, found func()) (Contact, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	now, err := f.ask(ctx, known.ID, true)
	switch {
	case err == nil && known.ID == "":
		found()
	case err != nil && known.ID != "":
		return known, nil
	}
	return now, err
}

// ask looks at the contact, or for it: a call that goes on made none that has ended.
func (f Follower) ask(ctx context.Context, id string, isOver bool) (Contact, error) {
	if id != "" {
		return f.Look(ctx, id)
	}
	all, err := f.Find(ctx)
	if err != nil {
		return Contact{}, err
	}
	for _, k := range all {
		if isOver || k.Ended.IsZero() {
			return k, nil
		}
	}
	return Contact{}, fmt.Errorf("%w: %d others", ErrNoContact, len(all))
}
