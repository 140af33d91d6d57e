package telephony

import (
	"context"
	"errors"
	"sync"
)

// ErrOver means that the call has ended.
var ErrOver = errors.New("the call is over")

// Call is one call between the exchange and somebody on a telephone. It is safe for concurrent use.
type Call struct {
	id, from, to string
	inbound      bool
	drive        driver

	mu       sync.Mutex // guards what follows
	codec    Codec
	leg      Leg
	cause    Cause
	rang     bool
	up       bool
	over     bool
	ringing  chan struct{}
	answered chan struct{}
	ended    chan struct{}
	told     chan struct{} // closed when the far end knows of the end, or will not hear of it
}

// driver is the far end, a SIP dialogue. Each method is called once at most.
type driver interface {
	ring()
	answer(ctx context.Context) (Leg, error) // of an inbound call
	end(cause Cause, answered bool)
}

func newCall(id, from, to string, inbound bool, codec Codec, d driver) *Call {
	return &Call{id: id, from: from, to: to, inbound: inbound, codec: codec, drive: d,
		ringing: make(chan struct{}), answered: make(chan struct{}), ended: make(chan struct{}), told: make(chan struct{})}
}

// ID names the call.
func (c *Call) ID() string { return c.id }

// From is the caller's number, "" when it is withheld.
func (c *Call) From() string { return c.from }

// To is what was dialled.
func (c *Call) To() string { return c.to }

// Calls says whether the call is to a number, however it was dialled.
func (c *Call) Calls(num string) bool { return same(c.to, num) }

// Inbound is true when somebody called us.
func (c *Call) Inbound() bool { return c.inbound }

// Codec is what both ends speak.
func (c *Call) Codec() Codec {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.codec
}

// Ringing is closed when the far telephone rings, or ours was said to.
func (c *Call) Ringing() <-chan struct{} { return c.ringing }

// Answered is closed when audio flows.
func (c *Call) Answered() <-chan struct{} { return c.answered }

// Ended is closed when the call is over; Cause says why.
func (c *Call) Ended() <-chan struct{} { return c.ended }

// Cause is how it ended; zero before.
func (c *Call) Cause() Cause {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cause
}

// Leg is the call's audio; nil before it was answered.
func (c *Call) Leg() Leg {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.leg
}

// Ring tells an inbound caller that somebody is being rung.
func (c *Call) Ring() error {
	if !c.markRinging() {
		return ErrOver
	}
	c.drive.ring()
	return nil
}

// markRinging is false when the call is over.
func (c *Call) markRinging() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.rang && !c.over {
		c.rang = true
		close(c.ringing)
	}
	return !c.over
}

// Answer takes an inbound call; audio flows when it returns.
func (c *Call) Answer(ctx context.Context) error {
	c.mu.Lock()
	over := c.over || c.up
	c.mu.Unlock()
	if over {
		return ErrOver
	}
	leg, err := c.drive.answer(ctx)
	if err != nil {
		c.finish(Failed, true)
		return err
	}
	if !c.established(leg, c.Codec()) {
		leg.Close()
		return ErrOver
	}
	return nil
}

// established notes that audio flows; false when the call ended meanwhile.
func (c *Call) established(leg Leg, codec Codec) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return false
	}
	c.leg, c.codec, c.up = leg, codec, true
	if !c.rang {
		c.rang = true
		close(c.ringing)
	}
	close(c.answered)
	return true
}

// HangUp ends the call from our side, whatever its state. Ending it again changes nothing.
func (c *Call) HangUp(cause Cause) { c.finish(cause, true) }

// finish ends the call once; tell says that the far end does not know yet.
func (c *Call) finish(cause Cause, tell bool) {
	c.mu.Lock()
	if c.over {
		c.mu.Unlock()
		return
	}
	c.over, c.cause = true, cause
	leg, up := c.leg, c.up
	close(c.ended)
	c.mu.Unlock()
	defer close(c.told)
	if leg != nil {
		leg.Close()
	}
	if tell {
		c.drive.end(cause, up)
	}
}
