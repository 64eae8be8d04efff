//! Pool: pieces of a file on several threads, handed on in their order.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel, sync_channel};

use crate::read::claims::{Chunk, Row, Source};

/// The pieces that are yet to be worked on.
struct Queue<'c, R> {
    pieces: &'c mut Source<R>,
    /// Leave to take one more, so that none runs far ahead of the slowest.
    leave: Receiver<()>,
    next: u64,
    ended: bool,
}

impl<R: BufRead> Queue<'_, R> {
    fn take(&mut self) -> Option<(u64, io::Result<Chunk>)> {
        if self.ended || self.leave.recv().is_err() {
            return None;
        }
        let chunk = self.pieces.piece().transpose();
        self.ended = !matches!(chunk, Some(Ok(_)));
        self.next += 1;
        chunk.map(|chunk| (self.next - 1, chunk))
    }
}

/// Works on pieces on several threads and takes the results in the pieces' order, on the
/// calling thread, until `take` says that it has enough.
///
/// # Errors
///
/// What `take` fails of, or what keeps the file from being read.
pub fn in_order<R: BufRead + Send, T: Send, E: From<io::Error>>(
    threads: usize,
    pieces: &mut Source<R>,
    work: impl Fn(&mut Row, &Chunk) -> T + Sync,
    mut take: impl FnMut(Chunk, T) -> Result<bool, E>,
) -> Result<(), E> {
    let ahead = 2 * threads + 2;
    let (grant, leave) = sync_channel(ahead);
    for _ in 0..ahead {
        // There is room for each, and the other end is held.
        let _ = grant.send(());
    }
    let queue = Mutex::new(Queue { pieces, leave, next: 0, ended: false });
    std::thread::scope(|scope| {
        let (sender, results) = channel();
        for _ in 0..threads {
            let (sender, queue, work) = (sender.clone(), &queue, &work);
            scope.spawn(move || {
                let mut row = Row::default();
                loop {
                    let Ok(mut held) = queue.lock() else { break };
                    let Some((place, chunk)) = held.take() else { break };
                    drop(held);
                    let result = chunk.map(|chunk| {
                        let told = work(&mut row, &chunk);
                        (chunk, told)
                    });
                    if sender.send((place, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Dropped on the way out, so that no thread waits for leave that never comes.
        let grant = grant;
        let (mut early, mut taken) = (BTreeMap::new(), 0);
        for (place, result) in results {
            early.insert(place, result);
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                let (chunk, told) = result?;
                if take(chunk, told)? {
                    return Ok(());
                }
                let _ = grant.try_send(());
            }
        }
        Ok(())
    })
}
