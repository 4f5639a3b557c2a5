# use ferry::Line;
fn main() {
    // ANCHOR: order
    let_go("stern");
    let_go("bow");
    // ANCHOR_END: order
}
