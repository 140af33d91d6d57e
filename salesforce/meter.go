package salesforce

import (
	"strconv"
	"strings"
	"sync"
)

// Shares of the org's API allowance at which something has to happen.
const (
	AllowanceAlarm = 0.80 // somebody has to know
	AllowanceShort = 0.95 // what is left is kept for what cannot wait
)

// Meter is how much of the org's API allowance of 24 hours is used, as its latest answer said it. Clients of the same org share one.
// The zero value and nil know nothing yet. It is safe for concurrent use.
type Meter struct {
	mu        sync.Mutex // guards what follows
	used, max int
	news      bool // nobody has asked since for what the org said
}

// News gives what the org has said to clients of this process since News was asked last; fresh is false if it was nothing new.
func (m *Meter) News() (used, allowed int, fresh bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fresh, m.news = m.news, false
	return m.used, m.max, fresh
}

// Hear takes what the org has said to another process, unless it has said something to this one meanwhile.
func (m *Meter) Hear(used, allowed int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.news && used >= 0 && allowed > 0 {
		m.used, m.max = used, allowed
	}
}

// read takes the header Sforce-Limit-Info: "api-usage=18/5000", with other entries beside it. Source: REST API developer guide,
// Limit Info Header.
func (m *Meter) read(header string) {
	if m == nil {
		return
	}
	for entry := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == ',' || r == ';' }) {
		usage, ours := strings.CutPrefix(strings.TrimSpace(entry), "api-usage=")
		if !ours {
			continue
		}
		before, after, _ := strings.Cut(usage, "/")
		used, err := strconv.Atoi(before)
		allowed, err2 := strconv.Atoi(after)
		if err != nil || err2 != nil || used < 0 || allowed <= 0 {
			return
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.news = m.news || m.used != used || m.max != allowed
		m.used, m.max = used, allowed
		return
	}
}

func (m *Meter) both() (used, allowed int) {
	if m == nil {
		return 0, 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.used, m.max
}

// Used is how many requests the org has counted.
func (m *Meter) Used() int {
	used, _ := m.both()
	return used
}

// Max is how many it allows; 0 if it has not said.
func (m *Meter) Max() int {
	_, allowed := m.both()
	return allowed
}

// Share is what part of the allowance is used, 1 for all of it; 0 if the org has not said. An org may let it grow beyond 1.
func (m *Meter) Share() float64 {
	used, allowed := m.both()
	if allowed == 0 {
		return 0
	}
	return float64(used) / float64(allowed)
}
