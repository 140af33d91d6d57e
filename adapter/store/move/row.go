package move

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"math"
	"strings"
)

// row is one row: string, int64, float64 or []byte for each column.
type row []any

// places are where a row is scanned to.
func (t table) places() []any {
	into := make([]any, len(t.columns))
	for i, c := range t.columns {
		switch c.kind {
		case text:
			into[i] = new(string)
		case number:
			into[i] = new(int64)
		case real:
			into[i] = new(float64)
		case raw:
			into[i] = new([]byte)
		}
	}
	return into
}

func read(places []any) row {
	r := make(row, len(places))
	for i, place := range places {
		switch v := place.(type) {
		case *string:
			r[i] = *v
		case *int64:
			r[i] = *v
		case *float64:
			r[i] = *v
		case *[]byte:
			r[i] = append([]byte{}, *v...) // one without bytes is not none
		}
	}
	return r
}

// size is about how much a row takes.
func (r row) size() (n int) {
	for _, value := range r {
		switch v := value.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		default:
			n += 8
		}
	}
	return n
}

// clean is a row as every database can keep it, and says whether it was changed for that: not every one keeps a byte of 0 in a text.
func (r row) clean() (cleaned row, changed bool) {
	cleaned = append(row{}, r...)
	for i, value := range cleaned {
		if v, is := value.(string); is {
			good := strings.ReplaceAll(strings.ToValidUTF8(v, "\uFFFD"), "\x00", "\uFFFD")
			changed = changed || good != v
			cleaned[i] = good
		}
	}
	return cleaned, changed
}

// whole says whether a body is what its checksum was made of; a row without a body is.
func (t table) whole(r row) bool {
	n := len(t.columns)
	if t.columns[n-1].name != "sum" {
		return true
	}
	body, _ := r[n-2].([]byte)
	return r[n-1] == int64(crc32.Checksum(body, castagnoli))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// digest tells two sets of rows apart, in whatever order they are read. The zero value is of no rows.
type digest struct {
	rows int64
	sums [2]uint64
}

func (d *digest) add(r row) {
	h := sha256.New()
	put := func(b []byte) {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b)))) // never fails
		_, _ = h.Write(b)
	}
	for _, value := range r {
		switch v := value.(type) {
		case string:
			put([]byte(v))
		case []byte:
			put(v)
		case int64:
			put(binary.BigEndian.AppendUint64(nil, uint64(v)))
		case float64:
			put(binary.BigEndian.AppendUint64(nil, math.Float64bits(v)))
		}
	}
	all := h.Sum(nil)
	d.rows++
	d.sums[0] += binary.BigEndian.Uint64(all)
	d.sums[1] += binary.BigEndian.Uint64(all[8:])
}
