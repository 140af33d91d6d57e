package store

import "time"

// Oldest is when the oldest fact happened, or the oldest run was made, that is still kept; zero if there is none.
func (t *Tx) Oldest() (time.Time, error) {
	var ms int64
	err := t.one(`SELECT coalesce(min(at), 0) FROM (SELECT at FROM (SELECT at FROM fact ORDER BY id LIMIT 1) AS facts
UNION ALL SELECT created FROM (SELECT created FROM run ORDER BY id LIMIT 1) AS runs) AS all_of_them`, nil, &ms)
	return moment(ms), err
}
