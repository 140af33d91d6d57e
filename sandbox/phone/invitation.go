package phone

import (
	"sync"

	"github.com/patchcord/patchcord/sandbox/telephony"
)

// invitation is one call that rings in every handset of its number. The first that takes it has it; when none is left that could, it is
// refused.
type invitation struct {
	id   string
	call *telephony.Call

	mu      sync.Mutex // guards what follows
	pending int        // handsets that have not refused
	rang    bool
	taken   bool
	why     telephony.Cause
}

// ring tells the caller, once.
func (k *invitation) ring() {
	k.mu.Lock()
	first := !k.rang
	k.rang = true
	k.mu.Unlock()
	if first {
		_ = k.call.Ring() // a call that is over says so by its end
	}
}

// take is true for the one handset that may answer.
func (k *invitation) take() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.taken {
		return false
	}
	k.taken = true
	return true
}

// weight orders refusals: a person's counts for more than a handset that is busy, and that for more than one that went away.
func weight(c telephony.Cause) int {
	switch c {
	case telephony.Declined:
		return 2
	case telephony.Busy:
		return 1
	}
	return 0
}

// refuse is a handset that will not answer.
func (k *invitation) refuse(why telephony.Cause) {
	k.mu.Lock()
	k.pending--
	if k.why.SIP == 0 || weight(why) > weight(k.why) {
		k.why = why
	}
	last, cause := k.pending <= 0 && !k.taken, k.why
	k.mu.Unlock()
	if last {
		k.call.HangUp(cause)
	}
}
