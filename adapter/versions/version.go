// Package versions keeps CTI flows as they were: who saved which file, when and why; which version of a flow runs; and what becomes of a
// flow that somebody edited in the CRM.
//
// Read first: Version, Judge, Shelf, Library. It does not know who asks, nor when a flow runs.
package versions

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Version is a flow as it was saved once. Nothing of its file is ever changed.
type Version struct {
	ID      string    `json:"id"` // of its record
	Number  int       `json:"number"`
	Hash    string    `json:"sha256"` // of the file
	Size    int       `json:"size"`   // bytes of the file
	Author  string    `json:"author"`
	SavedAt time.Time `json:"savedAt"`
	Note    string    `json:"note,omitempty"`
	Problem string    `json:"problem,omitempty"` // why it was not made active
	// Activation is the flow's count of activations when this version was made active last; 0 for never.
	Activation  int        `json:"activation,omitempty"`
	ActivatedBy string     `json:"activatedBy,omitempty"`
	ActivatedAt *time.Time `json:"activatedAt,omitempty"`
	Active      bool       `json:"active"` // the flow runs this one

	flow   string // id of the flow's record
	chunks int    // parts of the file
}

// maxChunk is how many characters of a file one record holds: what the platform's longest field takes, in whole groups of base64.
const maxChunk = 131_072

// maxChunks is more than the longest flow has.
const maxChunks = 16

// KeyOf names a file as a version of a flow: whoever saves the same file again, from wherever, finds the same version.
func KeyOf(flowID string, raw []byte) string {
	return short(flowID) + "|" + hashOf(raw)
}

func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// countKey names the n-th version, or the n-th activation, of a flow: of two who are to have it one comes first.
func countKey(flowID string, n int) string { return short(flowID) + "|" + strconv.Itoa(n) }

// short is the form of an id that its long one begins with.
func short(id string) string { return id[:min(len(id), 15)] }

// split makes a file parts that a text field keeps as they are.
func split(raw []byte) (parts []string) {
	for text := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(raw)), maxChunk) {
		parts = append(parts, string(text))
	}
	return parts
}

// part is one piece of a version's file.
type part struct {
	order int // from 1
	data  string
}

// ErrDamaged is of a version whose file is not there as it was saved.
var ErrDamaged = errors.New("the version is damaged")

// join gives the file of a version back, to the byte; ErrDamaged if that cannot be.
func join(v Version, parts []part) ([]byte, error) {
	if len(parts) != v.chunks {
		return nil, fmt.Errorf("%w: it has %d of %d parts", ErrDamaged, len(parts), v.chunks)
	}
	parts = slices.SortedFunc(slices.Values(parts), func(x, y part) int { return cmp.Compare(x.order, y.order) })
	var text strings.Builder
	for i, p := range parts {
		if p.order != i+1 {
			return nil, fmt.Errorf("%w: part %d is not there", ErrDamaged, i+1)
		}
		text.WriteString(p.data)
	}
	raw, err := base64.StdEncoding.DecodeString(text.String())
	if err != nil || len(raw) != v.Size {
		return nil, fmt.Errorf("%w: its parts are not as they were saved", ErrDamaged)
	}
	if hashOf(raw) != v.Hash {
		return nil, fmt.Errorf("%w: its file is another one", ErrDamaged)
	}
	return raw, nil
}
